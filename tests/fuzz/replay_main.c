/* replay_main.c - runs a fuzzer over the files named on the command line, without an
 * engine: what CI and every compiler can do. Exit 0 when all came back. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST = 4 << 20 };

static int replay(const char *path, uint8_t *bytes)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        return 1;
    }
    size_t size = fread(bytes, 1, MOST, file);
    fclose(file);
    /* An exact copy, so that a sanitizer sees one byte too far. */
    uint8_t *data = malloc(size ? size : 1);
    if (!data)
        return 1;
    for (size_t i = 0; i < size; i++)
        data[i] = bytes[i];
    LLVMFuzzerTestOneInput(data, size);
    free(data);
    return 0;
}

int main(int argc, char **argv)
{
    uint8_t *bytes = malloc(MOST);
    if (!bytes)
        return 1;
    int failed = 0;
    for (int i = 1; i < argc; i++)
        failed |= replay(argv[i], bytes);
    free(bytes);
    return failed;
}
