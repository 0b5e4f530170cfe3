#include "attn/model/glass_dims.h"

const char *const glass_dim_names[GLASS_WIDTH] = {
#define GLASS_DIM_NAME(code, name) name,
    GLASS_DIMS(GLASS_DIM_NAME)
#undef GLASS_DIM_NAME
};
