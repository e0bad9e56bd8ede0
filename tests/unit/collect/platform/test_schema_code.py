"""Migrations in code: what goes forward, and what only looks like it."""

from unit.collect.platform.schema_found import found, keys, tables, values

ALEMBIC = '''\
"""second"""
from alembic import op
import sqlalchemy as sa

revision: str = "b2"
down_revision = "a1"

def upgrade():
    # op.create_table("decoy", sa.Column("id", sa.Integer()))
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("user_id", sa.Integer(), sa.ForeignKey("users.id")),
        sa.Column("shop_id", sa.Integer()),
        sa.ForeignKeyConstraint(["shop_id"], ["shop.id"], name="fk_shop"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.add_column("users", sa.Column("age", sa.Integer()))
    op.drop_column("users", "gone")
    with op.batch_alter_table("users") as batch_op:
        batch_op.add_column(sa.Column("org_id", sa.Integer(), sa.ForeignKey("org.id")))
    op.create_foreign_key("fk_boss", "users", "users", ["boss_id"], ["id"])
    op.execute("CREATE TABLE raw (id int)")
    _more()
    op.create_table(name_of_table(), sa.Column("id", sa.Integer()))

def _more():
    op.rename_table("users", "people")

def downgrade():
    op.drop_table("orders")
'''
FIRST = """\
from alembic import op
import sqlalchemy as sa
revision = "a1"
down_revision = None
def upgrade():
    op.create_table("users", sa.Column("id", sa.Integer()), sa.Column("gone", sa.Integer()))
"""
DJANGO = """\
from django.conf import settings
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.AutoField(primary_key=True)),
                ("note", models.TextField()),
                ("buyer", models.ForeignKey(to=settings.AUTH_USER_MODEL, null=True)),
                ("shop", models.ForeignKey("shops.Shop", on_delete=models.CASCADE)),
                ("tags", models.ManyToManyField(to="orders.Tag")),
                ("items", models.ManyToManyField(to="orders.Item", through="orders.Line")),
            ],
        ),
        migrations.CreateModel(name="Tag", fields=[("id", models.AutoField(primary_key=True))]),
        migrations.CreateModel(name="Plain", fields=[("id", models.AutoField())],
                               options={"proxy": True}),
        migrations.CreateModel(name="Foreign", fields=[("id", models.AutoField())],
                               options={"managed": False}),
    ]
"""
DJANGO_NEXT = """\
from django.db import migrations, models

class Migration(migrations.Migration):
    state_operations = [migrations.CreateModel(name="Moved", fields=[("id", models.AutoField())],
                                               options={"db_table": "Old_Moved"})]
    operations = [
        migrations.RenameModel(old_name="Order", new_name="Sale"),
        migrations.RenameField(model_name="sale", old_name="note", new_name="remark"),
        migrations.AddField(model_name="sale", name="boss", field=models.OneToOneField(to="self")),
        migrations.RemoveField(model_name="sale", name="shop"),
        migrations.AlterModelTable(name="tag", table="label"),
        migrations.SeparateDatabaseAndState(state_operations=state_operations),
    ]
"""
EFCORE = """\
using Microsoft.EntityFrameworkCore.Migrations;
public partial class First : Migration {
    protected override void Up(MigrationBuilder migrationBuilder) {
        migrationBuilder.CreateTable(
            name: "Orders",
            columns: table => new {
                Id = table.Column<int>(type: "int", nullable: false),
                BuyerId = table.Column<int>(name: "buyer_id", type: "int"),
                ShopId = table.Column<int>(type: "int") },
            constraints: table => {
                table.PrimaryKey("PK_Orders", x => x.Id);
                table.ForeignKey(name: "FK_B", column: x => x.BuyerId, principalTable: "Buyers",
                    principalColumn: "Id", onDelete: ReferentialAction.Cascade); });
        migrationBuilder.CreateTable(name: "Gone",
            columns: table => new { Id = table.Column<int>() });
        migrationBuilder.AddForeignKey(name: "FK_S", table: "Orders", column: "ShopId",
            principalTable: "Shops", principalColumn: "Id");
        migrationBuilder.AddColumn<string>(name: "Note", table: "Orders", nullable: true);
        migrationBuilder.DropTable(name: "Gone");
        migrationBuilder.Sql(@"CREATE TABLE raw (id int)");
    }
    protected override void Down(MigrationBuilder migrationBuilder) {
        migrationBuilder.DropTable(name: "Orders");
    }
}
"""
LARAVEL = """\
<?php
use Illuminate\\Database\\Migrations\\Migration;
use Illuminate\\Support\\Facades\\Schema;

return new class extends Migration {
    public function up(): void
    {
        // Schema::create('decoy', function ($table) { $table->id(); });
        Schema::create('users', function (Blueprint $table) {
            $table->id();
            $table->string('gone');
        });
        Schema::create('orders', function (Blueprint $table) {
            $table->id();
            $table->foreignId('user_id')->constrained()->cascadeOnDelete();
            $table->foreignId('boss_id')->nullable()->constrained('users');
            $table->foreignId('free_id');
            $table->unsignedInteger('shop_id')->index();
            $table->foreign('shop_id')->references('id')->on('shops');
            $table->morphs('owner');
            $table->timestamps();
            $table->index(['user_id', 'boss_id']);
        });
        Schema::table('users', function (Blueprint $table) {
            $table->dropColumn('gone');
            $table->string('name')->after('id');
            $table->string('name', 50)->change();
        });
        $this->more();
    }
    private function more(): void { Schema::rename('users', 'people'); }
    public function down(): void { Schema::dropIfExists('orders'); }
};
"""
DOCTRINE = """\
<?php
use Doctrine\\Migrations\\AbstractMigration;
final class Version1 extends AbstractMigration {
    public function up(Schema $schema): void {
        $this->addSql('CREATE TABLE book (id INT NOT NULL, author_id INT)');
        $this->addSql('ALTER TABLE book ADD FOREIGN KEY (author_id) REFERENCES author (id)');
    }
    public function down(Schema $schema): void { $this->addSql('DROP TABLE book'); }
}
"""
KNEX = """\
/** @param { import("knex").Knex } knex */
exports.up = async function (knex) {
  await knex.schema.createTable('users', (t) => { t.increments('id'); t.string('gone'); });
  await knex.schema
    .createTable('orders', (table) => {
      table.increments();
      table.integer('user_id').unsigned().references('id').inTable('users');
      table.integer('shop_id');
      table.foreign('shop_id').references('shops.id');
      table.timestamps(true, true);
    })
    .alterTable('users', (t) => { t.dropColumn('gone'); t.string('name'); });
  await knex.schema.renameTable('users', 'people');
  await knex.raw('CREATE TABLE raw (id int)');
};
exports.down = (knex) => knex.schema.dropTable('orders');
"""
SEQUELIZE = """\
module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('Orders', {
      id: { type: Sequelize.INTEGER, primaryKey: true },
      userId: { field: 'user_id', references: { model: 'Users', key: 'id' } },
    });
    await queryInterface.addColumn('Orders', 'shop_id', {
      references: { model: { tableName: 'Shops' } } });
    await queryInterface.addConstraint('Orders', {
      fields: ['b_id'], type: 'foreign key', references: { table: 'B', field: 'id' } });
    await queryInterface.removeColumn('Orders', 'never');
  },
  async down(queryInterface) { await queryInterface.dropTable('Orders'); },
};
"""
TYPEORM = """\
import { MigrationInterface, QueryRunner, Table } from 'typeorm';
export class First1 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE TABLE "users" ("id" integer)`);
    await queryRunner.query(`CREATE TABLE "${name}" ("id" integer)`);
    await queryRunner.createTable(new Table({
      name: 'orders',
      columns: [{ name: 'id', isPrimary: true, type: 'int' }, { name: 'user_id', type: 'int' }],
      foreignKeys: [{ columnNames: ['user_id'], referencedTableName: 'users' }],
    }), true);
    await queryRunner.createForeignKey('orders', new TableForeignKey({
      columnNames: ['shop_id'], referencedTableName: 'shops', referencedColumnNames: ['id'] }));
  }
  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('orders');
  }
}
"""


def test_alembic__upgrade_in_the_order_of_revisions__whatever_the_files_are_called():
    read = found({"app/alembic/versions/a.py": ALEMBIC, "app/alembic/versions/z.py": FIRST})
    assert tables(read) == {
        "orders": "id user_id shop_id", "people": "id age org_id", "raw": "id"
    }  # fmt: skip
    assert keys(read) == [
        "orders.shop_id > shop", "orders.user_id > people", "people.boss_id > people",
        "people.org_id > org",
    ]  # fmt: skip
    assert values(read, "orders")["tool"] == "alembic"
    assert values(read, "orders")["primary_key"] == ["id"]


def test_alembic__without_the_import__is_no_migration():
    read = found({"app/versions/a.py": FIRST.replace("from alembic import op", "import op")})
    assert tables(read) == {}


def test_django__tables_are_named_by_app_and_model__proxies_have_none():
    read = found({"shop/orders/migrations/0001_initial.py": DJANGO})
    assert tables(read) == {
        "orders_order": "id note buyer_id shop_id",
        "orders_order_tags": "id order_id tag_id",
        "orders_tag": "id",
    }
    assert keys(read) == [
        "orders_order.buyer_id > auth_user", "orders_order.shop_id > shops_shop",
        "orders_order_tags.order_id > orders_order", "orders_order_tags.tag_id > orders_tag",
    ]  # fmt: skip


def test_django__later_operations__rename_move_and_add():
    read = found({
        "orders/migrations/0001_initial.py": DJANGO,
        "orders/migrations/0002_next.py": DJANGO_NEXT,
        "site/settings.py": 'AUTH_USER_MODEL = "people.Person"\n',
    })  # fmt: skip
    assert tables(read) == {
        "label": "id",
        "old_moved": "id",
        "orders_sale": "id remark buyer_id boss_id",
        "orders_sale_tags": "id order_id tag_id",
    }
    assert keys(read) == [
        "orders_sale.boss_id > orders_sale", "orders_sale.buyer_id > people_person",
        "orders_sale_tags.order_id > orders_sale", "orders_sale_tags.tag_id > label",
    ]  # fmt: skip


def test_django__sql_about_the_table_of_a_model__is_about_the_model():
    more = """
from django.db import migrations
class Migration(migrations.Migration):
    operations = [migrations.RunSQL(sql="ALTER TABLE orders_tag ADD COLUMN raw int;")]
"""
    read = found({
        "orders/migrations/0001_initial.py": DJANGO, "orders/migrations/0002_sql.py": more
    })  # fmt: skip
    tag = values(read, "orders_tag")
    assert (tag["columns"], tag["partial"]) == (["id", "raw"], False)
    assert tag["place"] == "orders/migrations/0001_initial.py:18"


def test_efcore__up_is_run__down_and_what_is_dropped_are_not_there():
    read = found({"Data/Migrations/20240101_First.cs": EFCORE})
    assert tables(read) == {"orders": "id buyer_id shopid note", "raw": "id"}
    assert keys(read) == ["orders.buyer_id > buyers", "orders.shopid > shops"]
    assert values(read, "orders")["primary_key"] == ["id"]


def test_laravel__columns_by_convention__and_only_what_up_calls():
    read = found({"database/migrations/2024_a.php": LARAVEL})
    assert tables(read) == {
        "orders": "id user_id boss_id free_id shop_id owner_type owner_id created_at updated_at",
        "people": "id name",
    }
    assert keys(read) == ["orders.boss_id > people", "orders.shop_id > shops"]


def test_laravel__constrained_without_a_table__leads_to_one_that_is_there():
    text = LARAVEL.replace("Schema::rename('users', 'people');", "")
    read = found({"database/migrations/2024_a.php": text})
    assert "orders.user_id > users" in keys(read)


def test_doctrine__sql_of_up__is_read():
    read = found({"migrations/Version1.php": DOCTRINE})
    assert (tables(read), keys(read)) == (
        {"book": "id author_id"}, ["book.author_id > author"]
    )  # fmt: skip
    assert values(read, "book")["place"] == "migrations/Version1.php:5"


def test_knex__chains_and_callbacks__are_followed():
    read = found({"migrations/1_a.js": KNEX})
    assert tables(read) == {
        "orders": "id user_id shop_id created_at updated_at", "people": "id name", "raw": "id"
    }  # fmt: skip
    assert keys(read) == ["orders.shop_id > shops", "orders.user_id > people"]


def test_sequelize__references_of_columns_and_constraints__are_keys():
    read = found({"migrations/1-a.js": SEQUELIZE})
    assert tables(read) == {"orders": "id user_id shop_id"}
    assert keys(read) == [
        "orders.b_id > b", "orders.shop_id > shops", "orders.user_id > users"
    ]  # fmt: skip


def test_typeorm__sql_and_tables_of_its_own__are_read__computed_names_are_not():
    read = found({"src/migration/1-a.ts": TYPEORM})
    assert tables(read) == {"orders": "id user_id", "users": "id"}
    assert keys(read) == ["orders.shop_id > shops", "orders.user_id > users"]


def test_rails__the_schema_that_the_framework_writes__is_read():
    text = """\
ActiveRecord::Schema[7.1].define(version: 2024_01_01) do
  create_table "line_items", force: :cascade do |t|
    t.bigint "order_id", null: false
    t.string "note"
    t.index ["order_id"], name: "index_on_order"
  end
  # create_table "decoy" do |t|
  create_table "joins", id: false, force: :cascade do |t|
    t.references "order"
  end
  create_table "orders", force: :cascade do |t|
    t.datetime "created_at"
  end
  add_foreign_key "line_items", "orders"
  add_foreign_key "joins", "categories"
  add_foreign_key "orders", "users", column: "buyer_id"
end
"""
    read = found({"db/schema.rb": text, "lib/schema.rb": text.replace("orders", "decoy")})
    assert tables(read) == {
        "joins": "order_id", "line_items": "id order_id note", "orders": "id created_at"
    }  # fmt: skip
    assert keys(read) == [
        "joins.category_id > categories", "line_items.order_id > orders",
        "orders.buyer_id > users",
    ]  # fmt: skip
    assert tables(found({"db/schema.rb": 'create_table "a" do |t|'})) == {}


def test_same_calls_elsewhere__define_nothing():
    decoys = {
        "src/orders.js": KNEX,
        "app/Orders.php": LARAVEL,
        "migrations/plain.js": "exports.up = (db) => db.createTable('a', (t) => t.id());",
        "database/migrations/plain.php": "<?php function up() { Schema::create('a', fn() => 1); }",
        "Migrations/Plain.cs": 'class A { void Up(Builder b) { b.CreateTable(name: "a"); } }',
        "orders/migrations/plain.py": "class Migration: operations = [CreateModel(name='A')]",
    }
    assert tables(found(decoys)) == {}


def test_deep_nesting__neither_fails_nor_defines():
    deep = "[" * 5_000 + "]" * 5_000
    js = f"exports.up = (knex) => knex.schema.createTable({deep})"
    py = f"from django.db import migrations\nclass Migration:\n    operations = {deep}\n"
    read = found({"migrations/1.js": js, "orders/migrations/1.py": py})
    assert tables(read) == {}
