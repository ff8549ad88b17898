/* The library's own test: prints one line for each failure and exits 1 if there was any. */
#include "tide.h"

#include <stdio.h>
#include <string.h>

static int failures = 0;

#define CHECK(condition)                                                      \
    do {                                                                      \
        if (!(condition)) {                                                   \
            printf("%s:%d: failed: %s\n", __FILE__, __LINE__, #condition);    \
            failures++;                                                       \
        }                                                                     \
    } while (0)

/* Puts a header before packed levels and a checksum behind them. */
static size_t make_frame(uint8_t *out, uint16_t count, const uint8_t *packed, size_t packed_size) {
    const uint8_t head[] = {'T', 'G', 1, 4, 'H', 'E', 'L', 'G', 0x65, 0x92, 0, 0, 0x02, 0x58};
    size_t size = sizeof head;
    memcpy(out, head, size);
    out[size++] = (uint8_t)(count >> 8);
    out[size++] = (uint8_t)count;
    memcpy(out + size, packed, packed_size);
    size += packed_size;
    uint16_t crc = tide_checksum(out, size);
    out[size++] = (uint8_t)(crc >> 8);
    out[size++] = (uint8_t)crc;
    return size;
}

static tide_status decode(uint16_t count, const uint8_t *packed, size_t packed_size, tide_frame *frame) {
    uint8_t bytes[512];
    return tide_decode(bytes, make_frame(bytes, count, packed, packed_size), frame);
}

static void decodes_differences_and_repeats(void) {
    const uint8_t packed[] = {0x02, 100, 20, (uint8_t)-10, 0x81, 0x00, 5};
    tide_frame frame;
    CHECK(decode(6, packed, sizeof packed, &frame) == TIDE_OK);
    const int16_t expected[] = {100, 120, 110, 110, 110, 115};
    CHECK(memcmp(frame.levels_mm, expected, sizeof expected) == 0);
    CHECK(strcmp(frame.station, "HELG") == 0 && frame.interval_seconds == 600 && frame.first_epoch == 0x65920000);
    tide_summary summary = tide_summarize(&frame);
    CHECK(summary.lowest_mm == 100 && summary.highest_mm == 120 && summary.mean_mm > 110.8 && summary.mean_mm < 110.9);
    tide_frame_free(&frame);
}

static void decodes_a_long_calm_period(void) {
    const uint8_t packed[] = {0x00, 50, 0xFF, 0x01, 0x8F};
    tide_frame frame;
    CHECK(decode(400, packed, sizeof packed, &frame) == TIDE_OK);
    CHECK(frame.level_count == 400 && frame.levels_mm[0] == 50 && frame.levels_mm[399] == 50);
    tide_frame_free(&frame);
}

static void refuses_what_does_not_fit(void) {
    const uint8_t too_many[] = {0x02, 1, 2, 3};
    const uint8_t too_many_repeats[] = {0x00, 1, 0x84};
    const uint8_t too_few[] = {0x00, 1};
    const uint8_t cut_differences[] = {0x05, 1};
    const uint8_t cut_length[] = {0x00, 1, 0xFF, 0x00};
    tide_frame frame;
    CHECK(decode(2, too_many, sizeof too_many, &frame) == TIDE_BAD_RUN);
    CHECK(decode(3, too_many_repeats, sizeof too_many_repeats, &frame) == TIDE_BAD_RUN);
    CHECK(decode(3, too_few, sizeof too_few, &frame) == TIDE_BAD_RUN);
    CHECK(decode(6, cut_differences, sizeof cut_differences, &frame) == TIDE_SHORT);
    CHECK(decode(9, cut_length, sizeof cut_length, &frame) == TIDE_SHORT);
    CHECK(frame.levels_mm == NULL);
}

static void refuses_damaged_frames(void) {
    const uint8_t packed[] = {0x00, 7};
    uint8_t bytes[64];
    size_t size = make_frame(bytes, 1, packed, sizeof packed);
    tide_frame frame;
    CHECK(tide_decode(bytes, size, &frame) == TIDE_OK);
    tide_frame_free(&frame);
    CHECK(tide_decode(bytes, 5, &frame) == TIDE_SHORT);
    bytes[16] ^= 0x40;
    CHECK(tide_decode(bytes, size, &frame) == TIDE_BAD_CHECKSUM);
    bytes[0] = 'X';
    CHECK(tide_decode(bytes, size, &frame) == TIDE_BAD_MAGIC);
}

int main(void) {
    decodes_differences_and_repeats();
    decodes_a_long_calm_period();
    refuses_what_does_not_fit();
    refuses_damaged_frames();
    printf(failures == 0 ? "all tests passed\n" : "%d checks failed\n", failures);
    return failures != 0;
}
