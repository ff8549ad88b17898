#include "tide.h"

#include <stdlib.h>
#include <string.h>

#define HEADER_SIZE 4 /* 'T' 'G', version, length of the station's name */
#define FIXED_SIZE 8  /* epoch, interval, number of levels */
#define CHECKSUM_SIZE 2

static uint16_t read_u16(const uint8_t *p) { return (uint16_t)(p[0] << 8 | p[1]); }

static uint32_t read_u32(const uint8_t *p) { return (uint32_t)read_u16(p) << 16 | read_u16(p + 2); }

/* CRC-16/CCITT-FALSE, as the modems compute it. */
uint16_t tide_checksum(const uint8_t *bytes, size_t size) {
    uint16_t crc = 0xFFFF;
    for (size_t i = 0; i < size; i++) {
        crc ^= (uint16_t)(bytes[i] << 8);
        for (int bit = 0; bit < 8; bit++) {
            crc = crc & 0x8000 ? (uint16_t)(crc << 1 ^ 0x1021) : (uint16_t)(crc << 1);
        }
    }
    return crc;
}

/*
 * A control byte says what follows:
 *   0x00..0x7F  that many plus one signed bytes, each the difference to the level before
 *   0x80..0xFE  the level before, again, (control & 0x7F) plus one times
 *   0xFF        the level before, again, as often as the next two bytes say (long calm periods)
 */
tide_status tide_expand_levels(const uint8_t *packed, size_t size, tide_frame *frame) {
    size_t room = frame->level_count;
    size_t done = 0;
    size_t at = 0;
    int16_t level = 0;

    while (at < size) {
        uint8_t control = packed[at++];
        size_t run = (size_t)(control & 0x7F) + 1;

        if (control < 0x80) {
            if (run > size - at) {
                return TIDE_SHORT;
            }
            if (run > room - done) {
                return TIDE_BAD_RUN;
            }
            for (size_t i = 0; i < run; i++) {
                level = (int16_t)(level + (int8_t)packed[at++]);
                frame->levels_mm[done++] = level;
            }
        } else if (control < 0xFF) {
            if (run > room - done) {
                return TIDE_BAD_RUN;
            }
            while (run-- > 0) {
                frame->levels_mm[done++] = level;
            }
        } else {
            if (size - at < 2) {
                return TIDE_SHORT;
            }
            run = read_u16(packed + at);
            at += 2;
            while (run-- > 0) {
                frame->levels_mm[done++] = level;
            }
        }
    }
    return done == room ? TIDE_OK : TIDE_BAD_RUN;
}

tide_status tide_decode(const uint8_t *bytes, size_t size, tide_frame *frame) {
    memset(frame, 0, sizeof *frame);
    if (size < HEADER_SIZE + 1 + FIXED_SIZE + CHECKSUM_SIZE) {
        return TIDE_SHORT;
    }
    if (bytes[0] != 'T' || bytes[1] != 'G' || bytes[2] != 1) {
        return TIDE_BAD_MAGIC;
    }
    size_t end = size - CHECKSUM_SIZE;
    if (tide_checksum(bytes, end) != read_u16(bytes + end)) {
        return TIDE_BAD_CHECKSUM;
    }

    size_t name_length = bytes[3];
    if (name_length == 0 || name_length > TIDE_STATION_MAX) {
        return TIDE_BAD_STATION;
    }
    size_t at = HEADER_SIZE + name_length + FIXED_SIZE;
    if (at > end) {
        return TIDE_SHORT;
    }
    memcpy(frame->station, bytes + HEADER_SIZE, name_length);
    const uint8_t *fixed = bytes + HEADER_SIZE + name_length;
    frame->first_epoch = read_u32(fixed);
    frame->interval_seconds = read_u16(fixed + 4);
    frame->level_count = read_u16(fixed + 6);

    frame->levels_mm = calloc(frame->level_count ? frame->level_count : 1, sizeof *frame->levels_mm);
    if (frame->levels_mm == NULL) {
        return TIDE_NO_MEMORY;
    }
    tide_status status = tide_expand_levels(bytes + at, end - at, frame);
    if (status != TIDE_OK) {
        tide_frame_free(frame);
    }
    return status;
}

tide_summary tide_summarize(const tide_frame *frame) {
    tide_summary summary = {0, 0, 0.0};
    if (frame->level_count == 0) {
        return summary;
    }
    summary.lowest_mm = summary.highest_mm = frame->levels_mm[0];
    double sum = 0;
    for (size_t i = 0; i < frame->level_count; i++) {
        int16_t level = frame->levels_mm[i];
        sum += level;
        summary.lowest_mm = level < summary.lowest_mm ? level : summary.lowest_mm;
        summary.highest_mm = level > summary.highest_mm ? level : summary.highest_mm;
    }
    summary.mean_mm = sum / frame->level_count;
    return summary;
}

void tide_frame_free(tide_frame *frame) {
    free(frame->levels_mm);
    frame->levels_mm = NULL;
    frame->level_count = 0;
}

const char *tide_status_text(tide_status status) {
    static const char *const texts[] = {
        "ok", "frame too short", "not a tide frame", "checksum mismatch", "bad station name", "bad run of levels",
        "out of memory",
    };
    return (size_t)status < sizeof texts / sizeof *texts ? texts[status] : "unknown status";
}
