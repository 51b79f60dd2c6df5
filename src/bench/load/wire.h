/* Written bytes: HTTP/2 frames, HPACK headers, protobuf fields. */
#include <arpa/inet.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DATA = 0, HEADERS = 1, RST_STREAM = 3, SETTINGS = 4, PING = 6, GOAWAY = 7, WINDOW = 8 };
enum { END_STREAM = 1, ACK = 1, END_HEADERS = 4, PADDED = 8 };

static void die(const char *format, ...) {
  va_list rest;
  va_start(rest, format);
  fputs("load: ", stderr);
  vfprintf(stderr, format, rest);
  fputc('\n', stderr);
  exit(1);
}


struct out { uint8_t bytes[1024]; unsigned n; };

static void put(struct out *o, const void *bytes, unsigned n) {
  if (o->n + n > sizeof o->bytes) die("a request of more than %zu bytes", sizeof o->bytes);
  memcpy(o->bytes + o->n, bytes, n);
  o->n += n;
}

static void put32(struct out *o, uint32_t value) {
  value = htonl(value);
  put(o, &value, 4);
}

/* The head of a frame whose payload follows and is closed by end(). */
static unsigned begin(struct out *o, int type, int flags, uint32_t stream) {
  put(o, (uint8_t[]){0, 0, 0, type, flags}, 5);
  put32(o, stream);
  return o->n;
}

static void end(struct out *o, unsigned payload) {
  uint32_t n = o->n - payload;
  memcpy(o->bytes + payload - 9, (uint8_t[]){n >> 16, n >> 8, n}, 3);
}

static void put_window(struct out *o, uint32_t stream, uint32_t more) {
  unsigned payload = begin(o, WINDOW, 0, stream);
  put32(o, more);
  end(o, payload);
}

/* A field of up to 127 bytes. */
static void put_field(struct out *o, int field, const void *bytes, unsigned n) {
  put(o, (uint8_t[]){field << 3 | 2, n}, 2);
  put(o, bytes, n);
}

/* A header that no table knows: HPACK's literal without indexing. */
static void put_header(struct out *o, const char *name, const char *value) {
  put(o, (uint8_t[]){0, strlen(name)}, 2);
  put(o, name, strlen(name));
  put(o, (uint8_t[]){strlen(value)}, 1);
  put(o, value, strlen(value));
}
