"""Messages and events in Java and Kotlin."""

from collections.abc import Mapping

import pytest
from unit.collect.languages.jvm_told import told

from assessor.collect.languages import java
from assessor.collect.languages.resolution import Extracted
from assessor.collect.languages.typed import resolve
from assessor.model.records import File, FileKind

_KAFKA = (
    "import org.springframework.kafka.core.KafkaTemplate;\n"
    "import org.springframework.kafka.annotation.KafkaListener;\n"
    "import org.apache.kafka.clients.producer.*;\nimport org.apache.kafka.clients.consumer.*;\n"
)


def in_class(body: str, *, imports: str) -> str:
    return f"{imports}class A {{\n{body}\n}}"


def test_kafka__sent_and_received__name_their_topics() -> None:
    body = """
    private static final String TOPIC = "orders";
    private KafkaTemplate<String, Order> kafka;
    @KafkaListener(topics = {TOPIC, "${shop.topic:bills}"}) void on(Order order) { }
    void a(KafkaConsumer<String, String> consumer) {
        kafka.send(TOPIC, new Order());
        kafka.send(new ProducerRecord<>("records", "k", "v"));
        consumer.subscribe(Arrays.asList("a", Topics.B));
        kafka.send(name(), null);
    }
    """
    assert told(in_class(body, imports=_KAFKA)) == [
        "message receive | ${shop.topic} | kafka | spring-kafka",
        "message receive | orders | kafka | spring-kafka",
        "message send | orders | kafka | spring-kafka",
        "message send | records | kafka | kafka-clients",
        "message receive | ${Topics.B} | kafka | kafka-clients",
        "message receive | a | kafka | kafka-clients",
        "message send | None | kafka | spring-kafka",
    ]


def test_rabbitmq__sent_and_received__name_exchange_and_queues() -> None:
    body = """
    private AmqpTemplate amqp;
    @RabbitListener(queues = "q1") void a(String m) { }
    @RabbitListener(bindings = @QueueBinding(value = @Queue("q2"), exchange = @Exchange("e")))
    void b(String m) { }
    void c() {
        amqp.convertAndSend("exchange", "key", "m");
        amqp.convertAndSend("", "queue", "m");
        amqp.convertAndSend("key", "m");
        amqp.convertAndSend("m");
    }
    """
    imports = (
        "import org.springframework.amqp.core.AmqpTemplate;\n"
        "import org.springframework.amqp.rabbit.annotation.*;\n"
    )
    assert told(in_class(body, imports=imports)) == [
        "message receive | q1 | rabbitmq | spring-amqp",
        "message receive | q2 | rabbitmq | spring-amqp",
        "message send | exchange | rabbitmq | spring-amqp",
        "message send | queue | rabbitmq | spring-amqp",
        "message send | key | rabbitmq | spring-amqp",
        "message send | None | rabbitmq | spring-amqp",
    ]


def test_rocketmq__sent_and_received__name_their_topics() -> None:
    source = """
    import org.apache.rocketmq.spring.annotation.RocketMQMessageListener;
    import org.apache.rocketmq.spring.core.RocketMQTemplate;
    import org.apache.rocketmq.common.message.Message;
    @RocketMQMessageListener(topic = "orders", consumerGroup = "g")
    class A {
        RocketMQTemplate rocket;
        void a() {
            rocket.syncSend("bills:paid", "m");
            send(new Message("topic", "tag", bytes));
        }
    }
    """
    assert told(source) == [
        "message receive | orders | rocketmq | rocketmq-spring",
        "message send | bills:paid | rocketmq | rocketmq-spring",
        "message send | topic | rocketmq | rocketmq-client",
    ]


def test_jms__templates_contexts_sessions_and_beans__name_their_destinations() -> None:
    source = """
    import javax.ejb.*;
    import javax.jms.*;
    import javax.annotation.Resource;
    import org.springframework.jms.core.JmsTemplate;
    import org.springframework.jms.annotation.JmsListener;
    @MessageDriven(activationConfig = {
        @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "q"),
        @ActivationConfigProperty(propertyName = "destinationLookup", propertyValue = "jms/In")})
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    class A {
        @Resource(lookup = "jms/Out") private Queue out;
        JMSContext context; JmsTemplate jms;
        void a(Session session) throws JMSException {
            context.createProducer().setPriority(1).send(out, "m");
            session.createProducer(session.createQueue("old"));
            jms.convertAndSend("spring", "m");
            jms.convertAndSend("only a message");
        }
        @JmsListener(destination = "in") void on(String m) { }
    }
    """
    assert told(source) == [
        "message receive | jms/In | jms | ejb",
        "message send | jms/Out | jms | jms",
        "message send | old | jms | jms",
        "message send | spring | jms | spring-jms",
        "message send | None | jms | spring-jms",
        "message receive | in | jms | spring-jms",
    ]


def test_events__of_spring__are_named_by_their_class() -> None:
    source = """
    import org.springframework.context.*;
    import org.springframework.context.event.*;
    import org.springframework.transaction.event.TransactionalEventListener;
    class A implements ApplicationListener<Started> {
        ApplicationEventPublisher publisher;
        void a(Paid paid, Object any) {
            publisher.publishEvent(new Placed(1));
            publisher.publishEvent(paid);
            publisher.publishEvent(any);
        }
        @EventListener void on(Placed placed) { }
        @EventListener({Paid.class, Sent.class}) void on() { }
        @TransactionalEventListener void after(Placed placed) { }
        void publishEvent(Placed placed) { }
        void decoy() { publishEvent(new Placed(2)); }
    }
    """
    assert told(source) == [
        "message receive | Started | in-process | spring",
        "message send | Placed | in-process | spring",
        "message send | Paid | in-process | spring",
        "message send | None | in-process | spring",
        "message receive | Placed | in-process | spring",
        "message receive | Paid | in-process | spring",
        "message receive | Sent | in-process | spring",
    ]


def test_events__of_cdi_guava_and_axon__are_named_by_their_class() -> None:
    source = """
    import jakarta.enterprise.event.*;
    import com.google.common.eventbus.*;
    import org.axonframework.commandhandling.CommandHandler;
    import org.axonframework.commandhandling.gateway.CommandGateway;
    import static org.axonframework.modelling.command.AggregateLifecycle.apply;
    class A {
        @Inject Event<Placed> placed; EventBus bus; CommandGateway commands;
        @CommandHandler A(Open command) { apply(new Opened(1)); }
        void a() { placed.fire(x); bus.post(new Paid()); commands.send(new Close()); }
        void on(@Observes Placed event) { }
        @Subscribe void on(Paid event) { }
    }
    """
    assert told(source) == [
        "message receive | Open | axon | axon",
        "message send | Opened | axon | axon",
        "message send | Close | axon | axon",
        "message send | Paid | in-process | guava",
        "message send | Placed | in-process | cdi",
        "message receive | Placed | in-process | cdi",
        "message receive | Paid | in-process | guava",
    ]


def test_streams__of_spring_cloud_and_microprofile__name_the_binding() -> None:
    source = """
    import org.springframework.cloud.stream.function.StreamBridge;
    import org.springframework.cloud.stream.annotation.*;
    import org.eclipse.microprofile.reactive.messaging.*;
    interface Binding { String IN = "in"; @Output("out") MessageChannel out(); }
    class A {
        @Channel("prices") Emitter<Price> prices;
        void a(StreamBridge bridge) { bridge.send("bridge-out-0", 1); }
        @StreamListener(Binding.IN) void on(String m) { }
        @Incoming("a") @Outgoing("b") String map(String m) { return m; }
    }
    """
    assert told(source) == [
        "message send | out |  | spring-cloud-stream",
        "message send | prices |  | microprofile-messaging",
        "message send | bridge-out-0 |  | spring-cloud-stream",
        "message receive | in |  | spring-cloud-stream",
        "message receive | a |  | microprofile-messaging",
        "message send | b |  | microprofile-messaging",
    ]


@pytest.mark.parametrize(
    "source",
    [
        in_class('KafkaTemplate<K, V> k; void a() { k.send("x", 1); }', imports=""),
        in_class(
            'void a(Session s) { s.createProducer("x"); }', imports="import org.x.Session;\n"
        ),
        in_class("void on(@Observes Placed p) { }", imports="import org.x.Observes;\n"),
        in_class('/* @KafkaListener(topics = "x") */ int a;', imports=_KAFKA),
        in_class('String s = "@KafkaListener";', imports=_KAFKA),
    ],
    ids=["no import", "other session", "other annotation", "comment", "text"],
)
def test_messages__look_alike__is_none(source: str) -> None:
    assert told(source) == []


def test_kotlin__messages__are_found_as_in_java() -> None:
    source = """
    import org.springframework.kafka.annotation.KafkaListener
    import org.springframework.kafka.core.KafkaTemplate
    import org.springframework.context.ApplicationEventPublisher
    import org.springframework.context.event.EventListener
    class A(val kafka: KafkaTemplate<String, Order>, val publisher: ApplicationEventPublisher) {
        @KafkaListener(topics = ["orders", "\\${shop.topic}"])
        fun on(order: Order) {
            kafka.send(Topics.BILLS, order)
            publisher.publishEvent(Placed(order))
        }
        @EventListener fun handle(event: Placed) { }
    }
    """
    topics = 'package shop\nobject Topics { const val BILLS = "bills" }\n'
    assert told({"A.kt": source, "Topics.kt": topics}) == [
        "message receive | ${shop.topic} | kafka | spring-kafka",
        "message receive | orders | kafka | spring-kafka",
        "message send | bills | kafka | spring-kafka",
        "message send | Placed | in-process | spring",
        "message receive | Placed | in-process | spring",
    ]


def published(sources: Mapping[str, str]) -> list[str]:
    """Unit and channel of the messages that all files together tell of."""
    files = [
        Extracted(File(path, FileKind.SOURCE, "java", 1, ""), java.extract(path, text.encode()))
        for path, text in sources.items()
    ]
    found = [each for each in resolve(files).artefacts if each.kind == "code.message"]
    values = [each.root.value for each in found]
    assert all(isinstance(value, Mapping) for value in values)
    return [f"{value['unit'].value} {value['channel'].value}" for value in values]  # type: ignore[index, union-attr, call-overload]


def test_events__given_to_an_own_publisher__are_known_by_their_class() -> None:
    sources = {
        "Placed.java": "import org.springframework.context.ApplicationEvent;\n"
        "class Placed extends Base { }\nclass Base extends ApplicationEvent { }",
        "Other.java": "class Other { }",
        "A.java": "class A { Own own; void a(Placed e) { own.publishEvent(new Placed(1));\n"
        "Holder.context().publishEvent(e); own.publishEvent(new Other()); publishEvent(e); } }",
    }
    assert published(sources) == ["A.java Placed"]
