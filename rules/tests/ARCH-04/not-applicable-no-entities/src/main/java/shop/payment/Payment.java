package shop.payment;

public class Payment {
    long id;
}
