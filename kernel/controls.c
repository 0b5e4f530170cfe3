#include "kernel/controls.h"

#include <stdio.h>

#include "attn/base/json_out.h"

#define BASE     "@jupyter-widgets/base"
#define CONTROLS "@jupyter-widgets/controls"
#define OUTPUT   "@jupyter-widgets/output"

/* What a model is and what shows it. */
struct make {
    const char *module, *version, *model;
    const char *view_module, *view_version, *view;
};

static const struct make layout = {BASE, "2.0.0", "LayoutModel",
                                   BASE, "2.0.0", "LayoutView"};
static const struct make slider_style = {CONTROLS, "2.0.0", "SliderStyleModel",
                                         BASE,     "2.0.0", "StyleView"};
static const struct make choice_style = {CONTROLS, "2.0.0", "DescriptionStyleModel",
                                         BASE,     "2.0.0", "StyleView"};
static const struct make slider = {CONTROLS, "2.0.0", "IntSliderModel",
                                   CONTROLS, "2.0.0", "IntSliderView"};
static const struct make choice = {CONTROLS, "2.0.0", "DropdownModel",
                                   CONTROLS, "2.0.0", "DropdownView"};
static const struct make row = {CONTROLS, "2.0.0", "HBoxModel",
                                CONTROLS, "2.0.0", "HBoxView"};
static const struct make box = {CONTROLS, "2.0.0", "VBoxModel",
                                CONTROLS, "2.0.0", "VBoxView"};
static const struct make stage = {OUTPUT, "1.0.0", "OutputModel",
                                  OUTPUT, "1.0.0", "OutputView"};

static void write_make(struct json_out *out, const struct make *make)
{
    json_key_text(out, "_model_module", make->module);
    json_key_text(out, "_model_module_version", make->version);
    json_key_text(out, "_model_name", make->model);
    json_key_text(out, "_view_module", make->view_module);
    json_key_text(out, "_view_module_version", make->view_version);
    json_key_text(out, "_view_name", make->view);
}

static void write_reference(struct json_out *out, const char *to)
{
    char text[sizeof "IPY_MODEL_" + CONTROLS_ID_SIZE];
    snprintf(text, sizeof text, "IPY_MODEL_%s", to);
    json_text(out, text);
}

static void refer(struct json_out *out, const char *key, const char *to)
{
    json_key(out, key);
    write_reference(out, to);
}

static void write_style(struct json_out *out, const struct make *make)
{
    write_make(out, make);
    json_key_text(out, "description_width", "60px");
}

/* A model may have one layer, or one head. A slider must have somewhere to go, so that
 * one is shown and cannot be moved. */
static bool stands_still(const struct control *control)
{
    return control->least == control->most;
}

static void write_slider(struct json_out *out, const struct control *control)
{
    write_make(out, &slider);
    json_key_int(out, "value", control->value);
    json_key_int(out, "min", control->least);
    json_key_int(out, "max",
                 stands_still(control) ? control->least + 1 : control->most);
    json_key_int(out, "step", 1);
    json_key_bool(out, "continuous_update", true);
    json_key_bool(out, "readout", true);
    json_key_text(out, "readout_format", "d");
    json_key_text(out, "orientation", "horizontal");
}

static void write_choice(struct json_out *out, const struct control *control)
{
    write_make(out, &choice);
    json_key(out, "_options_labels");
    json_array(out);
    for (int i = 0; i <= control->most; i++)
        json_text(out, control->choices[i]);
    json_end(out);
    json_key_int(out, "index", control->value);
}

static void write_control(struct json_out *out, const struct control *control,
                          char ids[CONTROLS_PARTS][CONTROLS_ID_SIZE])
{
    bool slides = control->kind == CONTROL_SLIDER;
    if (slides)
        write_slider(out, control);
    else
        write_choice(out, control);
    json_key_text(out, "description", control->name);
    json_key_bool(out, "disabled", stands_still(control));
    refer(out, "layout", ids[CONTROLS_ONE_LAYOUT]);
    refer(out, "style", ids[slides ? CONTROLS_SLIDER_STYLE : CONTROLS_CHOICE_STYLE]);
}

/* The children stand one after the other among the parts. */
static void write_box(struct json_out *out, const struct make *make,
                      char ids[CONTROLS_PARTS][CONTROLS_ID_SIZE], int first, int n)
{
    write_make(out, make);
    json_key_text(out, "box_style", "");
    json_key(out, "children");
    json_array(out);
    for (int i = first; i < first + n; i++)
        write_reference(out, ids[i]);
    json_end(out);
}

static void write_part(struct json_out *out, const struct explorer *explorer,
                       enum controls_part part,
                       char ids[CONTROLS_PARTS][CONTROLS_ID_SIZE])
{
    size_t n;
    const struct control *controls = explorer_controls(explorer, &n);
    switch (part) {
    case CONTROLS_LAYOUT:
        write_make(out, &layout);
        break;
    case CONTROLS_ONE_LAYOUT: /* four fit beside one another on a screen */
        write_make(out, &layout);
        json_key_text(out, "width", "230px");
        break;
    case CONTROLS_ROW_LAYOUT: /* a narrow page breaks the row */
        write_make(out, &layout);
        json_key_text(out, "flex_flow", "row wrap");
        break;
    case CONTROLS_SLIDER_STYLE:
        write_style(out, &slider_style);
        break;
    case CONTROLS_CHOICE_STYLE:
        write_style(out, &choice_style);
        break;
    case CONTROLS_ROW:
        write_box(out, &row, ids, CONTROLS_FIRST, EXPLORER_CONTROLS);
        refer(out, "layout", ids[CONTROLS_ROW_LAYOUT]);
        break;
    case CONTROLS_STAGE:
        write_make(out, &stage);
        json_key_text(out, "msg_id", "");
        json_key(out, "outputs");
        json_array(out);
        json_end(out);
        refer(out, "layout", ids[CONTROLS_LAYOUT]);
        break;
    case CONTROLS_BOX:
        write_box(out, &box, ids, CONTROLS_ROW, 2);
        refer(out, "layout", ids[CONTROLS_LAYOUT]);
        break;
    default:
        write_control(out, &controls[part - CONTROLS_FIRST], ids);
        break;
    }
}

void controls_write(const struct explorer *explorer, enum controls_part part,
                    char ids[CONTROLS_PARTS][CONTROLS_ID_SIZE], struct buf *to)
{
    struct json_out out = json_out_to(to);
    json_object(&out);
    json_key(&out, "state");
    json_object(&out);
    write_part(&out, explorer, part, ids);
    json_end(&out);
    json_end(&out);
}

void controls_view(const char *id, const char *text, struct buf *to)
{
    struct json_out out = json_out_to(to);
    json_object(&out);
    json_key(&out, "data");
    json_object(&out);
    json_key_text(&out, "text/plain", text);
    json_key(&out, "application/vnd.jupyter.widget-view+json");
    json_object(&out);
    json_key_int(&out, "version_major", 2);
    json_key_int(&out, "version_minor", 0);
    json_key_text(&out, "model_id", id);
    json_end(&out);
    json_end(&out);
    json_key(&out, "metadata");
    json_object(&out);
    json_end(&out);
    json_end(&out);
}

const char *controls_key(const struct control *control)
{
    return control->kind == CONTROL_SLIDER ? "value" : "index";
}
