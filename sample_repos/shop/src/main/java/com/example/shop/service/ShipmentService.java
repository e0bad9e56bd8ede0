package com.example.shop.service;

import com.example.shop.model.Order;
import com.example.shop.model.Shipment;
import com.example.shop.repository.ShipmentRepository;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Sends parcels. */
@Service
public class ShipmentService {

    private final ShipmentRepository shipmentRepository;
    private final StockService stockService;

    public ShipmentService(ShipmentRepository shipmentRepository, StockService stockService) {
        this.shipmentRepository = shipmentRepository;
        this.stockService = stockService;
    }

    @Transactional
    public Shipment send(Order order) {
        Shipment shipment = new Shipment();
        shipment.setOrderId(order.getId());
        shipment.setCarrier(order.getLines().size() > 10 ? "freight" : "post");
        shipment.setTrackingNumber("T" + order.getId());
        Long productId = order.getLines().get(0).getProduct().getId();
        shipment.setWarehouse(stockService.nearest(productId));
        return shipmentRepository.save(shipment);
    }

    public String track(Long orderId) {
        return shipmentRepository.findByOrderId(orderId).map(Shipment::getTrackingNumber).orElse("");
    }
}
