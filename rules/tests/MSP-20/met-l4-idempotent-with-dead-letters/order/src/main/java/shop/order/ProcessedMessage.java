package shop.order;

public class ProcessedMessage {
}
