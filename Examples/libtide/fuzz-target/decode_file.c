/* Reads one file, decodes it as a frame and prints a summary: the target of fuzzers and of the reproducer. */
#include "tide.h"

#include <stdio.h>
#include <stdlib.h>

#define FILE_SIZE_MAX 65536

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: decode_file FRAME\n");
        return 2;
    }
    FILE *file = fopen(argv[1], "rb");
    if (file == NULL) {
        perror(argv[1]);
        return 2;
    }
    uint8_t *bytes = malloc(FILE_SIZE_MAX);
    if (bytes == NULL) {
        fclose(file);
        return 2;
    }
    size_t size = fread(bytes, 1, FILE_SIZE_MAX, file);
    fclose(file);

    tide_frame frame;
    tide_status status = tide_decode(bytes, size, &frame);
    free(bytes);
    printf("%s\n", tide_status_text(status));
    if (status == TIDE_OK) {
        tide_summary summary = tide_summarize(&frame);
        printf("%s: %u levels, %d to %d mm, mean %.1f mm\n", frame.station, (unsigned)frame.level_count,
               summary.lowest_mm, summary.highest_mm, summary.mean_mm);
        tide_frame_free(&frame);
    }
    return 0;
}
