/* payload.h - a scene as compact JSON, for the script in the page.
 *
 *   size      [width, height]
 *   fonts     [sans, mono]
 *   light, dark   {"ink": one colour for each enum ink, "ramp": […], "heads": […]}
 *   items     one object each, in order; what is 0 is left out:
 *             k kind · f [ink, level] fill · s stroke · b [x, y, width, height]
 *             r radius · w thickness · d dashed · h arrow · l shape
 *             p [x, y, x, y …] points · t text (cut to its room) · z font size · u turn
 *             a anchor · o bold · m mono · n underlined · i title
 *             x true of the first selection only · y names the head that is shown
 *             e [looks, seen] the words that a link joins, or a word itself; from 1
 *   above     how many items lie below the fields
 *   fields    k kind · slice · follows · picks · rows, cols (indices)
 *             box · values · gap
 *             of a strip: rowSlice, for each row of the stack · title · quiet · tall ·
 *             lean · size
 *             from, to [x, y, x, y …] · l shape · thickest · least · ink · pale
 *             boxes [x, y, width, height …] · labels, size
 *             chosen (index in rows, -1: none)
 *   rows, cols    [[text, position, special], …]; cols null: the same as rows
 *   slices    [[layer, head, name, does], …]
 *   weights   for each slice base64 of numbers in LEB128, row by row:
 *             round(1000·weight), where 0 is followed by how many zeros stand here
 *   start, rowSlice (or null), most, causal
 *   partner       of two sentences: the row of the other one that is the same word
 *
 * Depends on render/scene and base.
 */
#ifndef ATTN_RENDER_PAYLOAD_H
#define ATTN_RENDER_PAYLOAD_H

#include "attn/base/buf.h"
#include "attn/render/scene.h"

/* Up to so many weights in all, every slice goes along where the page can choose it;
 * else only those rows that are shown. */
enum { PAYLOAD_MOST_WEIGHTS = 1 << 19 };

/* Appends one JSON object that may stand inside a <script> element. */
void payload_write(const struct scene *scene, struct buf *json);

#endif
