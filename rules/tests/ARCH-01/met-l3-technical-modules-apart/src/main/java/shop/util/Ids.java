package shop.util;

public class Ids {
    static long next() {
        return 1;
    }
}
