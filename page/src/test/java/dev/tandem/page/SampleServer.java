package dev.tandem.page;

/** Serves the samples until it is ended, for whoever works on the page: the front end needs neither Spark nor servers. */
final class SampleServer {
    private SampleServer() {}

    public static void main(String[] arguments) throws InterruptedException {
        int port = arguments.length == 0 ? 8290 : Integer.parseInt(arguments[0]);
        try (var page = LivePage.start(new SamplePageData(), new Exposure.Loopback(port))) {
            System.out.println(page.address());
            Thread.currentThread().join();
        }
    }
}
