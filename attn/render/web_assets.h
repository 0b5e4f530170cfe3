/* web_assets.h - the page's script and style, as embed.sh puts them into the program.
 *
 * Depends on nothing.
 */
#ifndef ATTN_RENDER_WEB_ASSETS_H
#define ATTN_RENDER_WEB_ASSETS_H

/* The page's script (the files of web/, joined) and web/attn.css, without what only
 * people read. */
const char *web_assets_attn_js(void);
const char *web_assets_attn_css(void);

#endif
