package shop.mail;

public class Mail {
    String text;
}
