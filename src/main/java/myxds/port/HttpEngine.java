package myxds.port;

import io.helidon.common.concurrency.limits.FixedLimit;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.context.Context;
import io.helidon.http.HeaderValues;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Helidon's HTTP/1 engine with one handler for all requests, without Helidon's listener. */
final class HttpEngine implements ListenerContext, AutoCloseable {
  private final Handler handler;
  private final Router router;
  private final Limit requests = FixedLimit.create();
  private final Http1ConnectionSelector http1 =
      Http1ConnectionSelector.builder().config(Http1Config.create()).build();
  private final ListenerConfig config = ListenerConfig.create();
  private final Context context = Context.create();
  private final MediaContext media = MediaContext.create();
  private final ContentEncodingContext encoding = ContentEncodingContext.create();
  private final DirectHandlers direct = DirectHandlers.create();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  HttpEngine(Handler handler) {
    this.handler = handler;
    this.router = Router.builder().addRouting(HttpRouting.builder().any(this::handle)).build();
  }

  /** The engine's part of a connection. */
  ServerConnection connection(ConnectionContext connection) {
    return http1.connection(connection);
  }

  Router router() {
    return router;
  }

  Limit requests() {
    return requests;
  }

  /** Helidon says that it closes the connection, and does not. */
  private void handle(ServerRequest request, ServerResponse response) throws Exception {
    HttpConnection.requestBegan();
    handler.handle(request, response);
    if (request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)
        || response.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
      throw new CloseConnectionException("the last request was answered");
    }
  }

  @Override
  public Context context() {
    return context;
  }

  @Override
  public MediaContext mediaContext() {
    return media;
  }

  @Override
  public ContentEncodingContext contentEncodingContext() {
    return encoding;
  }

  @Override
  public DirectHandlers directHandlers() {
    return direct;
  }

  @Override
  public ListenerConfig config() {
    return config;
  }

  @Override
  public ExecutorService executor() {
    return executor;
  }

  @Override
  public void close() {
    executor.shutdown();
  }
}
