package com.example.shop.service;

import com.example.shop.model.Order;
import com.example.shop.model.Payment;
import com.example.shop.model.Refund;
import com.example.shop.repository.PaymentRepository;
import com.example.shop.repository.RefundRepository;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.client.RestTemplate;

/** Charges and pays back. */
@Service
public class PaymentService {

    private static final String GATEWAY = "https://pay.gateway.example.net/v2/charges";

    private final PaymentRepository paymentRepository;
    private final RefundRepository refundRepository;
    private final RestTemplate http = new RestTemplate();

    public PaymentService(PaymentRepository paymentRepository, RefundRepository refundRepository) {
        this.paymentRepository = paymentRepository;
        this.refundRepository = refundRepository;
    }

    @Transactional
    public boolean charge(Order order) {
        Payment payment = new Payment();
        payment.setOrderId(order.getId());
        payment.setAmountCents(order.total().getCents());
        String reference = http.postForObject(GATEWAY, payment, String.class);
        payment.setGatewayReference(reference);
        payment.setSettled(reference != null);
        paymentRepository.save(payment);
        return payment.isSettled();
    }

    @Transactional
    public Refund refund(Long orderId, String reason) {
        Payment payment = paymentRepository.findByOrderId(orderId).orElseThrow();
        Refund refund = new Refund();
        refund.setPayment(payment);
        refund.setAmountCents(payment.getAmountCents());
        refund.setReason(reason);
        return refundRepository.save(refund);
    }
}
