// attn.js
