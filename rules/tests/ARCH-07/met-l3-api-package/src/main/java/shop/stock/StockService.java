package shop.stock;

public class StockService {
    private final Shelf shelf = new Shelf();

    public long pieces() {
        return shelf.pieces();
    }
}
