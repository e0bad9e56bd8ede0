"""Transactions, jobs and settings in Java and Kotlin."""

import pytest
from unit.collect.languages.jvm_told import told


def in_class(body: str, *, imports: str = "") -> str:
    return f"{imports}class A {{\n{body}\n}}"


def test_transactions__of_spring__span_class_or_method() -> None:
    source = """
    import org.springframework.transaction.annotation.*;
    import org.springframework.transaction.support.TransactionTemplate;
    @Transactional(readOnly = true)
    class Orders {
        private TransactionTemplate template;
        @Transactional void place() { }
        @Transactional(propagation = Propagation.NOT_SUPPORTED) void without() { }
        void by() { template.execute(status -> null); }
    }
    """
    assert told(source) == [
        "transaction Orders | spring | True",
        "transaction Orders.place | spring | False",
        "transaction Orders.by | spring | False",
    ]


def test_transactions__of_ejb__are_those_of_the_bean_unless_it_says_otherwise() -> None:
    source = """
    import javax.ejb.*;
    @Stateless class A { }
    @Stateless @TransactionManagement(TransactionManagementType.BEAN) class B { }
    @Stateless @TransactionAttribute(TransactionAttributeType.NEVER) class C {
        @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW) void c() { }
    }
    """
    assert told(source) == ["transaction A | ejb | False", "transaction C.c | ejb | False"]


def test_transactions__begun_by_hand__span_the_method() -> None:
    body = """
    UserTransaction user;
    void a(EntityManager manager) { manager.getTransaction().begin(); }
    void b() { user.begin(); }
    void c(Connection c) { c.setAutoCommit(false); }
    void d(Connection c) { c.setAutoCommit(true); }
    void e(Session session) { session.beginTransaction(); }
    void f(Walk walk) { walk.begin(); }
    """
    imports = (
        "import javax.persistence.EntityManager;\nimport javax.transaction.UserTransaction;\n"
        "import java.sql.Connection;\nimport org.hibernate.Session;\n"
    )
    assert told(in_class(body, imports=imports)) == [
        "transaction A.a | jpa | False",
        "transaction A.b | jta | False",
        "transaction A.c | jdbc | False",
        "transaction A.e | hibernate | False",
    ]


def test_transactions__of_exposed_in_kotlin__span_the_function() -> None:
    source = """
    import org.jetbrains.exposed.sql.transactions.transaction
    import jakarta.transaction.Transactional
    fun all() = transaction { Users.selectAll() }
    class A { @Transactional fun save() { } }
    """
    assert told(source, language="kotlin") == [
        "transaction all | exposed | False",
        "transaction A.save | jta | False",
    ]


def test_jobs__of_annotations__have_cron_or_interval() -> None:
    source = """
    import org.springframework.scheduling.annotation.Scheduled;
    import com.xxl.job.core.handler.annotation.XxlJob;
    class A {
        private static final String NIGHTLY = "0 0 2 * * ?";
        private static final long MINUTE = 60_000L;
        @Scheduled(cron = NIGHTLY) void a() { }
        @Scheduled(fixedDelay = MINUTE) void b() { }
        @Scheduled(fixedRateString = "${shop.rate:5}") void c() { }
        @Scheduled(cron = Cron.DAILY) void d() { }
        @XxlJob("close") void e() { }
        // @Scheduled(fixedRate = 1) void f() { }
    }
    """
    assert told(source) == [
        "job 0 0 2 * * ? | A.a | spring",
        "job fixedDelay=60000 | A.b | spring",
        "job fixedRateString=${shop.rate} | A.c | spring",
        "job ${Cron.DAILY} | A.d | spring",
        "job None | A.e | xxl-job",
    ]


def test_jobs__of_ejb_quartz_and_executors__are_found() -> None:
    source = """
    import javax.ejb.Schedule;
    import org.quartz.*;
    import static org.quartz.CronScheduleBuilder.cronSchedule;
    import java.util.Timer;
    import java.util.concurrent.*;
    class Close implements Job { public void execute(JobExecutionContext c) { } }
    class A {
        ScheduledExecutorService pool = Executors.newScheduledThreadPool(1);
        @Schedule(hour = "*", minute = "*/5") void a() { }
        void b() { newTrigger(JobBuilder.newJob(Close.class), cronSchedule("0 0 1 * * ?")); }
        void c() { pool.scheduleAtFixedRate(this::tick, 0, 30, TimeUnit.SECONDS); }
        void d(Timer timer, long every) { timer.schedule(new Task(), 0, every); }
        void e(Timer timer) { timer.schedule(new Task(), 100); }
        void f(Plan plan) { plan.scheduleAtFixedRate(this::tick, 0, 30, TimeUnit.SECONDS); }
    }
    """
    assert told(source) == [
        "job None | Close.execute | quartz",
        "job minute=*/5 hour=* | A.a | ejb",
        "job 0 0 1 * * ? | Close.execute | quartz",
        "job 30 SECONDS | A.tick | java-executor",
        "job None | Task.run | java-timer",
    ]


def test_settings__of_annotations__have_key_and_default() -> None:
    source = """
    import org.springframework.beans.factory.annotation.Value;
    import org.springframework.boot.context.properties.ConfigurationProperties;
    import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
    import org.eclipse.microprofile.config.inject.ConfigProperty;
    @ConfigurationProperties(prefix = "shop.mail")
    @ConditionalOnProperty(prefix = "shop", name = {"a", "b"}, matchIfMissing = true)
    class A {
        @Value("${shop.limit:5}") int limit;
        @Value("#{'${shop.list}'.split(',')}") List<String> list;
        @Value("plain") String plain;
        @ConfigProperty(name = "shop.fee", defaultValue = "1") int fee;
        A(@Value("${shop.name}") String name) { }
    }
    """
    assert told(source) == [
        "setting shop.mail.* | properties | False",
        "setting shop.a | properties | True",
        "setting shop.b | properties | True",
        "setting shop.limit | properties | True",
        "setting shop.list | properties | False",
        "setting shop.fee | properties | True",
        "setting shop.name | properties | False",
    ]


def test_settings__of_calls__have_key_source_and_default() -> None:
    body = """
    private static final String KEY = "shop.dir";
    void a(Environment environment, Properties properties, Config config) {
        System.getenv("SHOP_HOME");
        System.getenv().getOrDefault("SHOP_PORT", "80");
        System.getProperty(KEY, "x");
        System.getProperty("java.version");
        properties.getProperty("user.home");
        System.getProperty("user.service");
        environment.getRequiredProperty("shop.a");
        environment.getProperty("shop.b", Integer.class, 5);
        environment.getProperty("shop.c", Integer.class);
        properties.getProperty("shop.d");
        config.getString("shop.e");
        environment.getProperty(name());
    }
    """
    imports = (
        "import org.springframework.core.env.Environment;\nimport java.util.*;\n"
        "import com.typesafe.config.Config;\n"
    )
    assert told(in_class(body, imports=imports)) == [
        "setting SHOP_HOME | environment | False",
        "setting SHOP_PORT | environment | True",
        "setting shop.dir | properties | True",
        "setting user.service | properties | False",
        "setting shop.a | properties | False",
        "setting shop.b | properties | True",
        "setting shop.c | properties | False",
        "setting shop.d | properties | False",
        "setting shop.e | properties | False",
    ]


def test_settings__in_kotlin__have_key_and_default() -> None:
    source = """
    import org.springframework.beans.factory.annotation.Value
    class A(@Value("\\${shop.limit:5}") val limit: Int) {
        val home = System.getenv("SHOP_HOME") ?: "/srv"
        val port = System.getenv("SHOP_PORT")
    }
    """
    assert told(source, language="kotlin") == [
        "setting shop.limit | properties | True",
        "setting SHOP_HOME | environment | True",
        "setting SHOP_PORT | environment | False",
    ]


@pytest.mark.parametrize(
    "source",
    [
        in_class("@Transactional void a() { }"),
        in_class("@Transactional void a() { }", imports="import org.x.Transactional;\n"),
        in_class("@Scheduled(fixedRate = 1) void a() { }"),
        "import lombok.Value;\n@Value class A { String x; }",
        in_class('void a(Row row) { row.getProperty("x"); }', imports="import java.util.*;\n"),
        in_class('void a() { System.getenv(); Runtime.getenv("X"); }'),
        in_class('Environment e; void a() { e.getProperty("x"); }'),
    ],
    ids=["none", "foreign", "no import", "lombok", "other type", "all of it", "no import either"],
)
def test_behaviour__look_alike__is_none(source: str) -> None:
    assert told(source) == []


def test_files__without_any__have_no_facts_of_it() -> None:
    from assessor.collect.languages import java

    facts = java.extract("A.java", b"import java.util.List; class A { List<String> x; }")
    assert isinstance(facts, dict)
    assert not {"behaviour", "constants"} & facts.keys()
