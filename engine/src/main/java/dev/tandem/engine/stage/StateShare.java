package dev.tandem.engine.stage;

import java.io.Serializable;

/**
 * How much one partition of a stream's state holds.
 *
 * @param kind what it holds
 * @param part its number among those of its kind
 * @param rows remembered keys or open groups
 * @param bytes of the heap, estimated where objects are kept
 * @param place the process that holds it: {@code driver}, or an executor and its host
 */
public record StateShare(StateKind kind, int part, long rows, long bytes, String place) implements Serializable {
    private static final long serialVersionUID = 1L;
}
