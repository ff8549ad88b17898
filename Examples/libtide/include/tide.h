/* libtide: decodes the telemetry frames of tide gauges. See README.md for the frame layout. */
#ifndef TIDE_H
#define TIDE_H

#include <stddef.h>
#include <stdint.h>

#define TIDE_STATION_MAX 8

typedef enum {
    TIDE_OK = 0,
    TIDE_SHORT,        /* the frame ends before its content does */
    TIDE_BAD_MAGIC,    /* not a frame, or of another version */
    TIDE_BAD_CHECKSUM, /* damaged on the radio link */
    TIDE_BAD_STATION,  /* no station, or a name that is too long */
    TIDE_BAD_RUN,      /* the packed levels don't give the announced number */
    TIDE_NO_MEMORY
} tide_status;

typedef struct {
    char station[TIDE_STATION_MAX + 1];
    uint32_t first_epoch;      /* seconds since 1970 of the first level */
    uint16_t interval_seconds; /* between two levels */
    uint16_t level_count;
    int16_t *levels_mm; /* above chart datum; owned by the frame */
} tide_frame;

typedef struct {
    int16_t lowest_mm;
    int16_t highest_mm;
    double mean_mm;
} tide_summary;

/* Decodes one frame. On TIDE_OK the caller frees the frame with tide_frame_free; otherwise nothing is owned. */
tide_status tide_decode(const uint8_t *bytes, size_t size, tide_frame *frame);

/* Expands packed levels into frame->levels_mm, which has room for frame->level_count of them. */
tide_status tide_expand_levels(const uint8_t *packed, size_t size, tide_frame *frame);

tide_summary tide_summarize(const tide_frame *frame);
void tide_frame_free(tide_frame *frame);
uint16_t tide_checksum(const uint8_t *bytes, size_t size);
const char *tide_status_text(tide_status status);

#endif
