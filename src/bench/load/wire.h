/* Written bytes: HTTP/2 frames, HPACK headers, protobuf fields. */
#include <arpa/inet.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DATA = 0, HEADERS = 1, RST_STREAM = 3, SETTINGS = 4, PING = 6, GOAWAY = 7, WINDOW = 8 };
enum { END_STREAM = 1, ACK = 1, END_HEADERS = 4, PADDED = 8 };

/* Envoy's windows. A client opens both again when a quarter of the smaller one is used. */
static const uint32_t STREAM_WINDOW = 16 << 20, CONNECTION_WINDOW = 24 << 20;

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

/* All that a gRPC client says before its first message. */
static void put_opening(struct out *o, int port, const char *path) {
  put(o, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 24);
  unsigned payload = begin(o, SETTINGS, 0, 0);
  put(o, "\0\2\0\0\0\0\0\4", 8); /* no push; the initial window */
  put32(o, STREAM_WINDOW);
  end(o, payload);
  put_window(o, 0, CONNECTION_WINDOW - 65535);
  char authority[32];
  snprintf(authority, sizeof authority, "127.0.0.1:%d", port);
  payload = begin(o, HEADERS, END_HEADERS, 1);
  put(o, "\x83\x86", 2); /* of the static table: POST, http */
  put_header(o, ":path", path);
  put_header(o, ":authority", authority);
  put_header(o, "content-type", "application/grpc");
  put_header(o, "te", "trailers");
  end(o, payload);
}
