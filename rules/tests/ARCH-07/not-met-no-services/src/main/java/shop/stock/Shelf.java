package shop.stock;

public class Shelf {
    long pieces() {
        return 1;
    }
}
