/* weights.js - weights as they travel, and as they are printed. */

// base64 of LEB128: twice the thousandths, and one more where two decimals are rounded
// down although the third is a 5; 0 is followed by how many zeros stand here.
function decode(base64, n) {
  const bytes = atob(base64);
  const out = new Int32Array(n);
  let at = 0;
  const next = () => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = bytes.charCodeAt(at++);
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  };
  for (let k = 0; k < n && at < bytes.length; ) {
    const value = next();
    if (value) out[k++] = value;
    else k += next();
  }
  return out;
}

const exact = (code) => ((code >> 1) / 1000).toFixed(3);

const hundredths = (code) => Math.floor(((code >> 1) + 5) / 10) - (code & 1);

// Two decimals as C prints them: ".43", "1.0", "" below .005.
function short(code) {
  const n = hundredths(code);
  if (n < 1) return "";
  if (n > 99) return (n / 100).toFixed(1);
  return "." + String(n).padStart(2, "0");
}
