package shop.stock.api;

public class Pieces {
    long count() {
        return 1;
    }
}
