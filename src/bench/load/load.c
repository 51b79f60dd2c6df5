/*
 * The load: many xDS clients, each with one ADS stream for every cluster on a connection of its
 * own, on one thread and without a gRPC library, so that next to a server it costs little.
 *
 *   load PORT STREAMS delta|sotw
 *
 * connects and writes a line when every stream has had a response. From then on, for each line
 * "expect STAMP" on its standard input, it writes "waiting" at once, and a line when every stream
 * has a response with that stamp or a later one: within the first START bytes "t0=" and the
 * CLOCK_MONOTONIC, in ns, at which the change was triggered. Both lines are
 *
 *   all P50 P99 MAX BYTES      us from the stamp, or the first connect, to arrival; bytes received
 *
 * Whatever else happens (a stream ends, or is without it after a minute) is a line on
 * standard error and exit status 1. Ends with its standard input.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "wire.h"

enum { START = 512, NAME = 64, EVENTS = 256 };

static const int64_t PATIENCE = 60000000000;
static const char TYPE[] = "type.googleapis.com/envoy.config.cluster.v3.Cluster";
static const char SERVICE[] = "/envoy.service.discovery.v3.AggregatedDiscoveryService/";

struct text { uint8_t bytes[NAME]; unsigned n; };

struct stream {
  int fd, id;
  uint8_t frame[9], ping[8], prefix[5], start[START + 1]; /* as far as they are read */
  unsigned frame_n, ping_n, prefix_n, start_n;
  uint32_t frame_left, message_left, used;
  enum { KEY, LENGTH, BYTES, NUMBER } next; /* what comes next in the message */
  uint64_t varint, bytes_left;
  unsigned shift, field;
  struct text version, nonce;
  bool owes; /* an ACK */
  int64_t stamp; /* the newest that came; 0 for a response without one, -1 for none */
};

static int count, epoll, port, have;
static bool delta;
static int64_t begun, expected, deadline, received, *latencies;

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000L + t.tv_nsec;
}

/* The first request, without a nonce, or the ACK of what carried it; the node is in every request,
   as Envoy's default is and the library's server needs it. */
static void put_request(struct out *o, struct stream *s) {
  struct out node = {.n = 0};
  char id[NAME];
  put_field(&node, 1, id, sprintf(id, "bench-%06d", s->id));
  put_field(&node, 2, "bench", 5);
  unsigned payload = begin(o, DATA, 0, 1);
  put(o, "\0\0\0\0", 5);
  put_field(o, delta ? 1 : 2, node.bytes, node.n);
  put_field(o, delta ? 2 : 4, TYPE, sizeof TYPE - 1);
  if (!delta && s->nonce.n) put_field(o, 1, s->version.bytes, s->version.n);
  if (s->nonce.n) put_field(o, delta ? 6 : 5, s->nonce.bytes, s->nonce.n);
  uint32_t n = htonl(o->n - payload - 5);
  memcpy(o->bytes + payload + 1, &n, 4);
  end(o, payload);
}

/* What a client writes is small and fits the socket's buffer, or the server has stopped reading. */
static void flush(struct stream *s, struct out *o) {
  if (send(s->fd, o->bytes, o->n, MSG_NOSIGNAL) != (ssize_t)o->n)
    die("stream %d: cannot write %u bytes: %s", s->id, o->n, strerror(errno));
}

/* ---- a response ---- */

static int by_size(const void *a, const void *b) {
  int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
  return (left > right) - (left < right);
}

static void expect(int64_t stamp) {
  expected = stamp;
  deadline = now() + PATIENCE;
  have = 0;
  received = 0;
}

static void report(void) {
  qsort(latencies, count, sizeof *latencies, by_size);
  printf("all %ld %ld %ld %ld\n", latencies[(count - 1) / 2] / 1000,
         latencies[(int)(count * 0.99 + 0.5) - 1] / 1000, latencies[count - 1] / 1000, received);
  fflush(stdout);
}

static void acknowledge(struct stream *s) {
  if (!s->owes) return;
  struct out o = {.n = 0};
  put_request(&o, s);
  flush(s, &o);
  s->owes = false;
}

static void responded(struct stream *s) {
  if (!s->nonce.n) die("stream %d: a response without a nonce", s->id);
  s->owes = true;
  s->start[s->start_n] = 0;
  char *mark = memmem(s->start, s->start_n, "t0=", 3);
  int64_t stamp = mark ? strtoll(mark + 3, NULL, 10) : 0;
  bool news = s->stamp < expected && stamp >= expected;
  if (stamp > s->stamp) s->stamp = stamp;
  if (!news) return;
  latencies[have++] = now() - (expected ? stamp : begun);
  if (have == count) report();
}

/* Servers order the fields as they like; wanted are 1 (version), 5 (nonce), the rest is skipped. */
static void read_fields(struct stream *s, const uint8_t *at, const uint8_t *end) {
  while (at < end) {
    if (s->next == BYTES) {
      uint64_t n = s->bytes_left < (uint64_t)(end - at) ? s->bytes_left : (uint64_t)(end - at);
      struct text *into = s->field == 1 ? &s->version : s->field == 5 ? &s->nonce : NULL;
      if (into && into->n + n > NAME) die("stream %d: a version or nonce > %d B", s->id, NAME);
      if (into) memcpy(into->bytes + into->n, at, n), into->n += n;
      at += n;
      if (!(s->bytes_left -= n)) s->next = KEY;
      continue;
    }
    s->varint |= (uint64_t)(*at & 127) << s->shift;
    s->shift += 7;
    if (*at++ & 128) continue;
    uint64_t value = s->varint;
    s->varint = s->shift = 0;
    if (s->next == KEY) {
      s->field = value >> 3;
      if ((value & 7) != 0 && (value & 7) != 2) die("stream %d: not a response", s->id);
      s->next = (value & 7) == 0 ? NUMBER : LENGTH;
    } else {
      s->bytes_left = s->next == LENGTH ? value : 0;
      s->next = s->bytes_left ? BYTES : KEY;
    }
  }
}

static void read_data(struct stream *s, const uint8_t *at, unsigned n) {
  for (unsigned take; n; at += take, n -= take) {
    if (s->prefix_n < 5) {
      take = 1;
      s->prefix[s->prefix_n++] = *at;
      if (s->prefix_n < 5) continue;
      if (s->prefix[0]) die("stream %d: a compressed message", s->id);
      memcpy(&s->message_left, s->prefix + 1, 4);
      s->message_left = ntohl(s->message_left);
      acknowledge(s);
      s->version.n = s->nonce.n = s->start_n = s->next = 0;
    } else {
      take = n < s->message_left ? n : s->message_left;
      unsigned kept = take < START - s->start_n ? take : START - s->start_n;
      memcpy(s->start + s->start_n, at, kept);
      s->start_n += kept;
      read_fields(s, at, at + take);
      s->message_left -= take;
    }
    if (!s->message_left) s->prefix_n = 0, responded(s);
  }
}

/* ---- frames ---- */

static void frame_begins(struct stream *s) {
  s->frame_left = s->frame[0] << 16 | s->frame[1] << 8 | s->frame[2];
  s->ping_n = 0;
  int type = s->frame[3], flags = s->frame[4];
  if (type == GOAWAY || type == RST_STREAM || (type <= HEADERS && flags & END_STREAM))
    die("stream %d: the server ended it (frame %d)", s->id, type);
  if (type == DATA && flags & PADDED) die("stream %d: a padded frame", s->id);
}

static void frame_ended(struct stream *s) {
  struct out o = {.n = 0};
  s->frame_n = 0;
  if (s->frame[3] == SETTINGS && !(s->frame[4] & ACK)) begin(&o, SETTINGS, ACK, 0);
  if (s->frame[3] == PING && !(s->frame[4] & ACK)) {
    unsigned payload = begin(&o, PING, ACK, 0);
    put(&o, s->ping, 8);
    end(&o, payload);
  }
  if (s->used > STREAM_WINDOW / 4) {
    put_window(&o, 0, s->used);
    put_window(&o, 1, s->used);
    s->used = 0;
  }
  if (o.n) flush(s, &o);
}

static void read_frames(struct stream *s, const uint8_t *at, unsigned n) {
  for (unsigned take; n; at += take, n -= take) {
    if (s->frame_n < 9) {
      take = 1;
      s->frame[s->frame_n++] = *at;
      if (s->frame_n < 9) continue;
      frame_begins(s);
    } else {
      take = n < s->frame_left ? n : s->frame_left;
      s->frame_left -= take;
      if (s->frame[3] == DATA) s->used += take, read_data(s, at, take);
      for (unsigned i = 0; s->frame[3] == PING && i < take; i++) s->ping[s->ping_n++ & 7] = at[i];
    }
    if (!s->frame_left) frame_ended(s);
  }
}

static void readable(struct stream *s) {
  static uint8_t bytes[256 << 10];
  ssize_t n = recv(s->fd, bytes, sizeof bytes, 0);
  if (n < 0 && errno == EAGAIN) return;
  if (n <= 0) die("stream %d: the connection ended", s->id);
  received += n;
  read_frames(s, bytes, n);
}

static void command(void) {
  char line[128];
  ssize_t n = read(0, line, sizeof line - 1);
  if (n <= 0) exit(0);
  line[n] = 0;
  if (strncmp(line, "expect ", 7)) die("a command that is not expect STAMP: %s", line);
  expect(strtoll(line + 7, NULL, 10));
  puts("waiting");
  fflush(stdout);
}

/* First what has arrived is read and timed, then ACKed: writing takes longer than reading. */
static void turn(int wait) {
  struct epoll_event events[EVENTS];
  int n = epoll_wait(epoll, events, EVENTS, wait);
  for (int i = 0; i < n; i++)
    if (events[i].data.ptr) readable(events[i].data.ptr);
    else command();
  for (int i = 0; i < n; i++)
    if (events[i].data.ptr) acknowledge(events[i].data.ptr);
  if (have < count && now() > deadline)
    die("%d of %d streams did not get %ld", count - have, count, expected);
}

static void watch(int fd, void *what) {
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = what};
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event)) die("epoll: %s", strerror(errno));
}

static void open_stream(struct stream *s) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  s->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (s->fd < 0 || connect(s->fd, (struct sockaddr *)&to, sizeof to))
    die("stream %d: cannot connect: %s", s->id, strerror(errno));
  fcntl(s->fd, F_SETFL, O_NONBLOCK);
  setsockopt(s->fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
  char path[128];
  snprintf(path, sizeof path, "%s%sAggregatedResources", SERVICE, delta ? "Delta" : "Stream");
  struct out o = {.n = 0};
  put_opening(&o, port, path);
  put_request(&o, s);
  flush(s, &o);
  watch(s->fd, s);
}

int main(int n, char **arguments) {
  if (n != 4) die("usage: load PORT STREAMS delta|sotw");
  port = atoi(arguments[1]);
  count = atoi(arguments[2]);
  delta = !strcmp(arguments[3], "delta");
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  struct stream *streams = calloc(count, sizeof *streams);
  latencies = calloc(count, sizeof *latencies);
  epoll = epoll_create1(EPOLL_CLOEXEC);
  begun = now();
  expect(0);
  for (int i = 0; i < count; i++) {
    streams[i] = (struct stream){.id = i, .stamp = -1};
    open_stream(&streams[i]);
    turn(0);
  }
  watch(0, NULL);
  for (;;) turn(1000);
}
