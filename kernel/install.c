#include "kernel/install.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "attn/base/err.h"
#include "attn/base/json_out.h"
#include "attn/lang/session.h"
#include "kernel/wire.h"

static const char *const logos[] = {"logo-svg.svg", "logo-64x64.png"};

void install_write(struct buf *to, const char *path)
{
    struct json_out out = json_out_to(to);
    json_object(&out);
    json_key(&out, "argv");
    json_array(&out);
    json_text(&out, path);
    json_text(&out, "{connection_file}");
    json_end(&out);
    json_key_text(&out, "display_name", "Attention");
    json_key_text(&out, "language", LANGUAGE_NAME);
    json_key_text(&out, "interrupt_mode", "message");
    json_key_text(&out, "kernel_protocol_version", WIRE_PROTOCOL);
    json_key(&out, "metadata");
    json_object(&out);
    json_key_bool(&out, "debugger", false);
    json_end(&out);
    json_end(&out);
    buf_char(to, '\n');
}

/* The data folder of `--user`: as jupyter_core's jupyter_data_dir() on Linux. */
static bool user_folder(struct buf *folder, struct err *err)
{
    const char *own = getenv("JUPYTER_DATA_DIR"), *data = getenv("XDG_DATA_HOME");
    const char *home = getenv("HOME");
    if (own && *own)
        buf_print(folder, "%s", own);
    else if (data && *data)
        buf_print(folder, "%s/jupyter", data);
    else if (home && *home)
        buf_print(folder, "%s/.local/share/jupyter", home);
    else
        return err_set(err, ERR_MISSING, "HOME is not set; use --prefix DIR");
    return true;
}

static bool choose_folder(struct buf *folder, int n, char **arguments, struct err *err)
{
    bool prefix = n == 2 && (strcmp(arguments[0], "--prefix") == 0 ||
                             strcmp(arguments[0], "--sys-prefix") == 0);
    if (prefix)
        buf_print(folder, "%s/share/jupyter", arguments[1]);
    else if (n > 1 || (n == 1 && strcmp(arguments[0], "--user") != 0))
        return err_set(err, ERR_UNKNOWN_OPTION,
                       "expected --user, --sys-prefix DIR or --prefix DIR");
    else if (!user_folder(folder, err))
        return false;
    buf_text(folder, "/kernels/" LANGUAGE_NAME);
    return true;
}

static bool make_folders(char *path, struct err *err)
{
    for (char *at = path;; at++) {
        char kept = *at;
        if (kept && (kept != '/' || at == path))
            continue;
        *at = '\0';
        bool made = mkdir(path, 0755) == 0 || errno == EEXIST;
        if (!made)
            err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
        *at = kept;
        if (!made || !kept)
            return made;
    }
}

/* Writes beside the file and renames, so that nobody reads half of it. */
static bool write_file(const char *path, const struct buf *bytes, struct err *err)
{
    char beside[PATH_MAX];
    snprintf(beside, sizeof beside, "%.*s.new", (int)sizeof beside - 8, path);
    FILE *file = fopen(beside, "wb");
    bool good = file && fwrite(bytes->at, 1, bytes->length, file) == bytes->length;
    good = file && fclose(file) == 0 && good;
    if (good && rename(beside, path) == 0)
        return true;
    err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
    remove(beside);
    return false;
}

static bool read_file(const char *path, struct buf *bytes)
{
    char block[4096];
    size_t n;
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    while ((n = fread(block, 1, sizeof block, file)) > 0)
        buf_add(bytes, block, n);
    bool good = !ferror(file) && !bytes->full;
    fclose(file);
    return good;
}

/* The pictures for Jupyter's launcher, from where they lie beside the program: in its
 * installed prefix or in the tree it was built in. Without them it works as well. */
static void copy_logo(const char *program, const char *folder, const char *logo)
{
    static const char *const places[] = {"../share/jupyter/kernels/" LANGUAGE_NAME,
                                         "../kernelspec"};
    const char *slash = strrchr(program, '/');
    for (size_t i = 0; slash && i < sizeof places / sizeof *places; i++) {
        char from[PATH_MAX], to[PATH_MAX];
        struct err ignored = {0};
        struct buf bytes;
        int n = snprintf(from, sizeof from, "%.*s/%s/%s", (int)(slash - program),
                         program, places[i], logo);
        int m = snprintf(to, sizeof to, "%s/%s", folder, logo);
        buf_init(&bytes, 1 << 20);
        bool done = n < (int)sizeof from && m < (int)sizeof to &&
                    read_file(from, &bytes) && write_file(to, &bytes, &ignored);
        buf_free(&bytes);
        if (done)
            return;
    }
}

static bool install(int n, char **arguments, struct err *err)
{
    char program[PATH_MAX], path[PATH_MAX];
    struct buf folder, text;
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length < 0)
        return err_set(err, ERR_IO, "/proc/self/exe: %s", strerror(errno));
    program[length] = '\0';
    buf_init(&folder, PATH_MAX - 64);
    buf_init(&text, 2 * PATH_MAX + 1024);
    install_write(&text, program);
    bool good = choose_folder(&folder, n, arguments, err) &&
                (!folder.full || err_set(err, ERR_TOO_LARGE, "the path is too long")) &&
                make_folders(folder.at, err);
    snprintf(path, sizeof path, "%s/kernel.json", folder.at);
    good = good && write_file(path, &text, err);
    for (size_t i = 0; good && i < sizeof logos / sizeof *logos; i++)
        copy_logo(program, folder.at, logos[i]);
    if (good)
        printf("Installed the kernel \"Attention\" in %s\n", folder.at);
    buf_free(&folder);
    buf_free(&text);
    return good;
}

int install_main(int n, char **arguments)
{
    struct err err = {0};
    if (install(n, arguments, &err))
        return EXIT_SUCCESS;
    fprintf(stderr, "attn-kernel install: %s\n", err.text);
    return EXIT_FAILURE;
}
