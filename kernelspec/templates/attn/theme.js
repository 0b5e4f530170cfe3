// Before anything is painted: the page starts as light or dark as the reader's system is,
// or as the reader chose on an earlier page. Outputs of attn look at the body's attribute.
document.documentElement.classList.add("js");

function attnTheme(choice) {
  const kept = (value) => {
    try {
      if (value) localStorage.setItem("attn-theme", value);
      return localStorage.getItem("attn-theme");
    } catch (error) {
      return null; // a browser may keep nothing for pages opened from a file
    }
  };
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const theme = choice ? kept(choice) || choice : kept() || system;
  document.documentElement.dataset.theme = theme;
  document.body.dataset.jpThemeLight = String(theme !== "dark");
  return theme;
}
