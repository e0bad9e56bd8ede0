package shop.stock;

public class Stock {
    jakarta.inject.Singleton none;
}
