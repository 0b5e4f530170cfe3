#include "kernel/shells.h"

#include <sodium/randombytes.h>
#include <sodium/utils.h>
#include <stdlib.h>
#include <string.h>

#include "attn/base/mem.h"

static void free_queue(struct shell *shell)
{
    for (struct job *job; (job = shell_pop(shell));)
        job_free(job);
}

void shells_free(struct shells *shells)
{
    free_queue(&shells->main);
    for (struct shell *shell = shells->main.next, *next; shell; shell = next) {
        next = shell->next;
        free_queue(shell);
        free(shell);
    }
}

struct shell *shells_create(struct shells *shells)
{
    unsigned char random[16];
    if (shells->n >= SHELLS_MOST)
        return NULL;
    struct shell *shell = mem_new(1, sizeof *shell);
    randombytes_buf(random, sizeof random);
    sodium_bin2hex(shell->id, sizeof shell->id, random, sizeof random);
    struct shell **end = &shells->main.next;
    while (*end)
        end = &(*end)->next;
    *end = shell;
    shells->n++;
    return shell;
}

struct shell *shells_find(struct shells *shells, const char *id)
{
    if (!id)
        return &shells->main;
    for (struct shell *shell = shells->main.next; shell; shell = shell->next) {
        if (!shell->closing && strcmp(shell->id, id) == 0)
            return shell;
    }
    return NULL;
}

void shells_list(const struct shells *shells, struct json_out *out)
{
    json_array(out);
    for (const struct shell *shell = shells->main.next; shell; shell = shell->next) {
        if (!shell->closing)
            json_text(out, shell->id);
    }
    json_end(out);
}

void shells_sweep(struct shells *shells)
{
    struct shell **link = &shells->main.next;
    while (*link) {
        struct shell *shell = *link;
        if (!shell->closing || shell->first || shell->running) {
            link = &shell->next;
            continue;
        }
        *link = shell->next;
        free(shell);
        shells->n--;
    }
}

void shell_push(struct shell *shell, struct job *job)
{
    job->next = NULL;
    job->shell = shell;
    if (shell->last)
        shell->last->next = job;
    else
        shell->first = job;
    shell->last = job;
}

struct job *shell_pop(struct shell *shell)
{
    struct job *job = shell->first;
    if (!job)
        return NULL;
    shell->first = job->next;
    if (!shell->first)
        shell->last = NULL;
    job->next = NULL;
    return job;
}

void shell_abort(struct shell *shell)
{
    for (struct job *job = shell->first; job; job = job->next)
        job->aborted = true;
}
