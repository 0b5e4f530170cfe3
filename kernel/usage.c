#include "kernel/usage.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static double seconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* The number behind `name` of a file of "Name:  number kB" lines, in bytes; 0 if
 * absent. */
static int64_t kilobytes(const char *path, const char *name)
{
    char line[256];
    int64_t value = 0;
    FILE *file = fopen(path, "re");
    if (!file)
        return 0;
    while (!value && fgets(line, sizeof line, file)) {
        if (strncmp(line, name, strlen(name)) == 0)
            sscanf(line + strlen(name), ": %" SCNd64, &value);
    }
    fclose(file);
    return value * 1024;
}

static void write_machine(struct json_out *out)
{
    int64_t total = kilobytes("/proc/meminfo", "MemTotal");
    int64_t available = kilobytes("/proc/meminfo", "MemAvailable");
    json_key(out, "host_virtual_memory");
    json_object(out);
    json_key_int(out, "total", total);
    json_key_int(out, "available", available);
    json_key_float(out, "percent",
                   total ? 100.0 * (double)(total - available) / (double)total : 0);
    json_key_int(out, "used", total - available);
    json_key_int(out, "free", kilobytes("/proc/meminfo", "MemFree"));
    json_end(out);
}

void usage_write(struct usage *usage, struct json_out *out)
{
    char host[256] = "";
    double wall = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    double percent = usage->wall > 0 && wall > usage->wall
                         ? 100 * (cpu - usage->cpu) / (wall - usage->wall)
                         : 0;
    *usage = (struct usage){wall, cpu};
    gethostname(host, sizeof host - 1);
    json_object(out);
    json_key_text(out, "status", "ok");
    json_key_text(out, "hostname", host);
    json_key_int(out, "pid", getpid());
    json_key_float(out, "kernel_cpu", percent);
    json_key_int(out, "kernel_memory", kilobytes("/proc/self/status", "VmRSS"));
    json_key_int(out, "cpu_count", sysconf(_SC_NPROCESSORS_ONLN));
    write_machine(out);
    json_end(out);
}
