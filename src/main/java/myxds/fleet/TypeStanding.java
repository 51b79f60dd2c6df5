package myxds.fleet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node runs of one type.
 *
 * @param transport by which it asked: {@code ads-delta}
 * @param names that it asked for, {@code *} for all
 * @param missing those of them that its group does not have
 * @param desired the version in the newest state of its group; empty when it has none
 * @param sent the version that it was told of last; empty when none
 * @param acked the version that it took last; empty when none
 * @param waitingFor what has to happen before it is told of more; empty when nothing
 * @param nack why it refuses the newest state; null when it does not
 */
public record TypeStanding(
    String transport,
    List<String> names,
    List<String> missing,
    String desired,
    String sent,
    String acked,
    String waitingFor,
    @Nullable Nack nack) {}
