/* web_assets.h - the page's script and style, as embed.sh puts them into the program.
 *
 * Depends on nothing.
 */
#ifndef ATTN_RENDER_WEB_ASSETS_H
#define ATTN_RENDER_WEB_ASSETS_H

/* web/attn.js and web/attn.css without what only people read. */
const char *web_assets_attn_js(void);
const char *web_assets_attn_css(void);

#endif
