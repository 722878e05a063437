/* colour.c - the colours of a map: a helix in OKLab.
 *
 * OKLab (B. Ottosson, "A perceptual color space for image processing", 2020) has lightness L and two axes a, b of
 * colour.  In it, equal distances look equally far.  Lightness rises evenly while (a, b) goes evenly along an arc of a
 * circle: every step has the same length, in closed form.  A search found the centre, radius and ends of the arc, for
 * the largest mean chroma with which every colour lies inside sRGB.  Most of the way, chroma is within a tenth of the
 * largest that sRGB has at that lightness and hue. */
#include "cam/picture.h"

#include <math.h>

static const double DARKEST = 0.17, LIGHTEST = 0.947;
static const double CENTRE_A = 0.0559, CENTRE_B = 0.0214, RADIUS = 0.1334;
static const double FROM = -114, TO = 138.5;            /* degrees: violet over red and orange to yellow */

/* Linear light to sRGB: IEC 61966-2-1. */
static double encoded(double linear)
{
    return linear <= 0.0031308 ? 12.92 * linear : 1.055 * pow(linear, 1 / 2.4) - 0.055;
}

void colour_path(double share, double lab[3], double srgb[3])
{
    const double angle = (FROM + (TO - FROM) * share) * M_PI / 180;
    lab[0] = DARKEST + (LIGHTEST - DARKEST) * share;
    lab[1] = CENTRE_A + RADIUS * cos(angle);
    lab[2] = CENTRE_B + RADIUS * sin(angle);
    /* responses of the eye's cones, cube roots of */
    double l = lab[0] + 0.3963377774 * lab[1] + 0.2158037573 * lab[2];
    double m = lab[0] - 0.1055613458 * lab[1] - 0.0638541728 * lab[2];
    double s = lab[0] - 0.0894841775 * lab[1] - 1.2914855480 * lab[2];
    l = l * l * l, m = m * m * m, s = s * s * s;
    srgb[0] = encoded(+4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
    srgb[1] = encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
    srgb[2] = encoded(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
}

void colour_map(Colour map[COLOURS])
{
    for (int i = 0; i < COLOURS; i++) {
        double lab[3], srgb[3];
        colour_path((double)i / (COLOURS - 1), lab, srgb);
        map[i] = (Colour){(uint8_t)(255 * srgb[0] + 0.5), (uint8_t)(255 * srgb[1] + 0.5),
                          (uint8_t)(255 * srgb[2] + 0.5)};
    }
}
