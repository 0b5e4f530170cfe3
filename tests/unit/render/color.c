/* What the colours promise: even steps, readable text, apart for all kinds of sight. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attn/render/color.h"

struct lab {
    double l, a, b;
};

enum sight { NORMAL, PROTAN, DEUTAN, TRITAN, SIGHTS };

/* Machado, Oliveira, Fernandes 2009, severity 1, on linear RGB. */
static const double simulation[SIGHTS][3][3] = {
    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    {{.152286, 1.052583, -.204868},
     {.114503, .786281, .099216},
     {-.003882, -.048116, 1.051998}},
    {{.367322, .860646, -.227968},
     {.280085, .672501, .047413},
     {-.011820, .042940, .968881}},
    {{1.255528, -.076749, -.178779},
     {-.078411, .930809, .147602},
     {.004733, .691367, .303900}},
};

static double linear(unsigned char part)
{
    double c = part / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double cube(double t)
{
    return t > 0.008856 ? cbrt(t) : 7.787 * t + 16.0 / 116;
}

/* CIE Lab (D65) of a colour as seen. */
static struct lab seen(struct rgb color, enum sight sight)
{
    double rgb[3] = {linear(color.r), linear(color.g), linear(color.b)}, out[3];
    for (int i = 0; i < 3; i++) {
        const double *row = simulation[sight][i];
        double sum = row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2];
        out[i] = fmin(fmax(sum, 0), 1);
    }
    double x = cube((.4124 * out[0] + .3576 * out[1] + .1805 * out[2]) / .9505);
    double y = cube(.2126 * out[0] + .7152 * out[1] + .0722 * out[2]);
    double z = cube((.0193 * out[0] + .1192 * out[1] + .9505 * out[2]) / 1.089);
    return (struct lab){116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

static double apart(struct rgb one, struct rgb other, enum sight sight)
{
    struct lab a = seen(one, sight), b = seen(other, sight);
    return sqrt(pow(a.l - b.l, 2) + pow(a.a - b.a, 2) + pow(a.b - b.b, 2));
}

static struct rgb at_level(enum ink ink, float level, enum shade shade)
{
    return color_of((struct paint){ink, level}, shade);
}

static void zero_is_the_paper(void **state)
{
    (void)state;
    for (int shade = 0; shade < SHADES; shade++) {
        struct rgb paper = at_level(INK_PAPER, 0, shade);
        struct rgb zero = at_level(INK_WEIGHT, 0, shade);
        struct rgb rest = at_level(INK_REST, 0, shade);
        assert_memory_equal(&paper, &zero, sizeof paper);
        assert_memory_equal(&paper, &rest, sizeof paper);
    }
}

static void lightness_goes_one_way_in_even_steps(void **state)
{
    (void)state;
    for (int shade = 0; shade < SHADES; shade++) {
        double sign = shade == SHADE_LIGHT ? -1 : 1;
        const struct rgb *ramp = color_ramp(shade);
        double whole = seen(ramp[COLOR_RAMP - 1], NORMAL).l - seen(ramp[0], NORMAL).l;
        for (int i = 1; i < COLOR_RAMP; i++) {
            double step = seen(ramp[i], NORMAL).l - seen(ramp[i - 1], NORMAL).l;
            assert_true(fabs(step - whole / (COLOR_RAMP - 1)) < 0.6);
        }
        double last = seen(at_level(INK_WEIGHT, 0, shade), NORMAL).l;
        for (int i = 1; i < 256; i++) {
            struct rgb color = at_level(INK_WEIGHT, (float)i / 255, shade);
            double l = seen(color, NORMAL).l;
            assert_true(sign * (l - last) > -0.05);
            last = l;
        }
    }
}

static void legend_steps_stay_apart_for_every_sight(void **state)
{
    (void)state;
    for (int shade = 0; shade < SHADES; shade++)
        for (int sight = 0; sight < SIGHTS; sight++)
            for (int i = 0; i < 5; i++)
                assert_true(apart(at_level(INK_WEIGHT, (float)i / 5, shade),
                                  at_level(INK_WEIGHT, (float)(i + 1) / 5, shade),
                                  sight) >= 8);
}

static void text_on_the_ramp_is_readable(void **state)
{
    (void)state;
    for (int shade = 0; shade < SHADES; shade++)
        for (int i = 0; i < 256; i++)
            assert_true(color_contrast(at_level(INK_ON_WEIGHT, (float)i / 255, shade),
                                       at_level(INK_WEIGHT, (float)i / 255, shade)) >=
                        4.5);
}

static void inks_of_text_are_readable_on_paper(void **state)
{
    (void)state;
    static const enum ink inks[] = {INK_TEXT, INK_MUTED, INK_CHOSEN, INK_QUERY,
                                    INK_KEY,  INK_VALUE, INK_PLUS,   INK_MINUS};
    for (int shade = 0; shade < SHADES; shade++) {
        struct rgb paper = at_level(INK_PAPER, 0, shade);
        for (size_t i = 0; i < sizeof inks / sizeof *inks; i++)
            assert_true(color_contrast(at_level(inks[i], 0, shade), paper) >= 4.5);
        for (int head = 0; head < COLOR_HEADS; head++)
            assert_true(color_contrast(at_level(INK_HEAD, (float)head, shade), paper) >=
                        4.4);
        struct rgb text = at_level(INK_TEXT, 0, shade);
        assert_true(color_contrast(text, at_level(INK_REST, 1, shade)) >= 4.5);
    }
}

static void heads_and_signs_stay_apart_for_every_sight(void **state)
{
    (void)state;
    for (int shade = 0; shade < SHADES; shade++)
        for (int sight = 0; sight < SIGHTS; sight++) {
            for (int i = 0; i < COLOR_HEADS; i++)
                for (int j = 0; j < i; j++)
                    assert_true(apart(at_level(INK_HEAD, (float)i, shade),
                                      at_level(INK_HEAD, (float)j, shade),
                                      sight) >= 20);
            assert_true(apart(at_level(INK_PLUS, 0, shade),
                              at_level(INK_MINUS, 0, shade), sight) >= 20);
        }
}

/* `hex` as "#rrggbbaa" over a paper. */
static struct rgb over(const char *hex, struct rgb paper)
{
    unsigned long all = strtoul(hex + 1, NULL, 16);
    double alpha = (double)(all & 0xFF) / 255;
    double part[3] = {(double)(all >> 24), (double)(all >> 16 & 0xFF),
                      (double)(all >> 8 & 0xFF)};
    return (struct rgb){(unsigned char)lround(paper.r + (part[0] - paper.r) * alpha),
                        (unsigned char)lround(paper.g + (part[1] - paper.g) * alpha),
                        (unsigned char)lround(paper.b + (part[2] - paper.b) * alpha)};
}

/* Table cells do not know the notebook's paper: JupyterLab's own two are tried. */
static void tints_are_readable_on_both_papers(void **state)
{
    (void)state;
    static const enum ink inks[] = {INK_WEIGHT, INK_REST, INK_PLUS, INK_MINUS,
                                    INK_QUERY,  INK_KEY,  INK_VALUE};
    struct rgb white = {255, 255, 255}, night = {17, 17, 17}, ink = {33, 33, 33};
    char hex[COLOR_HEX_SIZE];
    for (size_t k = 0; k < sizeof inks / sizeof *inks; k++)
        for (int i = 0; i < 256; i++) {
            struct paint paint = {inks[k], (float)i / 255};
            assert_true(color_tint(paint, hex));
            assert_int_equal(strlen(hex), 9);
            assert_true(color_contrast(ink, over(hex, white)) >= 4.5);
            assert_true(color_contrast(white, over(hex, night)) >= 4.5);
        }
    assert_false(color_tint((struct paint){INK_NONE, 1}, hex));
}

static void odd_levels_give_a_colour(void **state)
{
    (void)state;
    static const float odd[] = {-1, 2, 1e30F, -1e30F, NAN, INFINITY};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        for (unsigned ink = 0; ink < INKS; ink++) {
            char hex[COLOR_HEX_SIZE];
            color_hex(color_of((struct paint){ink, odd[i]}, SHADE_LIGHT), hex);
            assert_int_equal(strlen(hex), 7);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zero_is_the_paper),
        cmocka_unit_test(lightness_goes_one_way_in_even_steps),
        cmocka_unit_test(legend_steps_stay_apart_for_every_sight),
        cmocka_unit_test(text_on_the_ramp_is_readable),
        cmocka_unit_test(inks_of_text_are_readable_on_paper),
        cmocka_unit_test(heads_and_signs_stay_apart_for_every_sight),
        cmocka_unit_test(tints_are_readable_on_both_papers),
        cmocka_unit_test(odd_levels_give_a_colour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
