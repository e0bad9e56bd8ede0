"""What scripts store, and what they do to it: one small project for each library."""

import pytest
from unit.collect.languages.script_rows import artefacts, data, entities, relations, rows

from assessor.collect.languages import settings

TYPEORM = {
    "src/order.entity.ts": """
import { Entity, Column, ManyToOne, OneToOne, JoinColumn, OneToMany, ManyToMany } from 'typeorm'
import { Customer } from './customer'
@Entity()
export class OrderLine {
  @Column() text: string
  @ManyToOne(() => Customer, (one) => one.lines) customer: Customer
  @OneToOne(() => Customer) @JoinColumn() payer: Customer
  @OneToOne(() => Customer) other: Customer
}
export class NotStored { @Column() text: string }
""",
    "src/customer.ts": """
import { Entity, OneToMany, ManyToMany, BaseEntity } from 'typeorm'
import { OrderLine } from './order.entity'
import { Entity as Mine } from './mine'
@Entity({ name: 'Clients', schema: 'shop' }) export class Customer extends BaseEntity {
  @OneToMany(() => OrderLine, (line) => line.customer) lines: OrderLine[]
  @ManyToMany(type => Customer) friends: Customer[]
}
@Mine('decoys') export class Decoy { }
""",
    "src/lines.service.ts": """
import { Injectable } from '@nestjs/common'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository, DataSource, getRepository } from 'typeorm'
import { OrderLine } from './order.entity'
import { Customer } from './customer'
@Injectable() export class Lines {
  private map = new Map()
  constructor(
    @InjectRepository(OrderLine) private readonly lines: Repository<OrderLine>,
    private readonly source: DataSource,
  ) {}
  all() { return this.lines.find() }
  add(x) { return this.lines.save(this.lines.create(x)) }
  gone() { return this.lines.createQueryBuilder().where('a').delete().execute() }
  decoy(list) { list.find(x => x); this.map.delete('x'); return this.other.save(1) }
  async much() {
    await this.source.transaction(async (manager) => { await manager.update(Customer, 1, {}) })
    const query = getRepository(Customer).createQueryBuilder('c').where('c.a = 1')
    const one = await query.getOne()
    await one.remove()
    await Customer.count()
  }
}
""",
}


def test_typeorm__entities__have_the_table_that_is_given_or_that_of_the_name() -> None:
    assert entities(TYPEORM) == ["Customer clients typeorm", "OrderLine order_line typeorm"]


def test_typeorm__relations__have_the_key_where_the_column_is() -> None:
    assert relations(TYPEORM) == [
        "Customer friends Customer many-to-many False",
        "Customer lines OrderLine one-to-many False",
        "OrderLine customer Customer many-to-one True",
        "OrderLine other Customer one-to-one False",
        "OrderLine payer Customer one-to-one True",
    ]


def test_typeorm__calls_of_repositories_and_managers__are_accesses() -> None:
    assert data(TYPEORM) == [
        "src/lines.service.ts clients read",
        "src/lines.service.ts clients update",
        "src/lines.service.ts order_line create",
        "src/lines.service.ts order_line delete",
        "src/lines.service.ts order_line read",
        "src/lines.service.ts order_line update",
    ]


def test_typeorm__a_repository_class_of_the_project__is_one_of_its_entity() -> None:
    files = {
        "user.ts": "import { Entity } from 'typeorm'\n@Entity('people') export class User {}",
        "users.ts": """import { Repository } from 'typeorm'
import { User } from './user'
export class Users extends Repository<User> { }""",
        "service.ts": """import { Users } from './users'
class Service { constructor(private userRepository: Users) {}
  one() { return this.userRepository.findOneBy({ id: 1 }) } }""",
    }
    assert data(files) == ["service.ts people read"]


def test_typeorm__without_the_import__nothing_is_stored() -> None:
    files = {"a.ts": "import { Entity } from './own'\n@Entity('x') export class X {}\nX.find()"}
    assert entities(files) == data(files) == []


PRISMA = {
    "prisma/schema.prisma": """
datasource db { provider = "postgresql" url = env("DATABASE_URL") }
model User {
  id    Int    @id
  // posts Comment[]
  posts Post[]
  liked Post[] @relation("likes")
  card  Card?
  @@map("people")
}
model Post { // text
  author   User   @relation(fields: [authorId], references: [id])
  authorId Int
  likedBy  User[] @relation("likes")
  note     String @default("} model Fake {")
}
model Card {
  owner   User @relation(fields: [ownerId], references: [id])
  ownerId Int  @unique
}
enum Kind { A }
""",
    "db.ts": """import { PrismaClient } from '@prisma/client'
const prisma = global.prisma || new PrismaClient()
export default prisma""",
    "prisma.service.ts": """import { PrismaClient } from '@prisma/client'
export class PrismaService extends PrismaClient { }""",
    "a.ts": """import prisma from './db'
export async function go() {
  await prisma.user.findMany()
  await prisma.post.upsert({})
  await prisma.$transaction(async (tx) => { await tx.card.deleteMany() })
  await prisma.nothing.create({})
}""",
    "b.ts": """import { PrismaService } from './prisma.service'
class B { constructor(private readonly prisma: PrismaService) {}
  go() { return this.prisma.card.update({}) } }""",
    "decoy.ts": "export const go = (prisma) => { prisma.user.findMany(); other.post.create() }",
}


def test_prisma__models_of_the_schema__are_entities() -> None:
    assert entities(PRISMA) == ["Card card prisma", "Post post prisma", "User people prisma"]
    assert relations(PRISMA) == [
        "Card owner User one-to-one True",
        "Post author User many-to-one True",
        "Post likedBy User many-to-many False",
        "User card Card one-to-one False",
        "User liked Post many-to-many False",
        "User posts Post one-to-many False",
    ]


def test_prisma__calls_of_the_client__are_accesses_wherever_it_was_made() -> None:
    assert data(PRISMA) == [
        "a.ts card delete",
        "a.ts people read",
        "a.ts post create",
        "a.ts post update",
        "b.ts card update",
    ]


def test_prisma__braces_that_do_not_match__are_an_error() -> None:
    with pytest.raises(ValueError, match="braces"):
        settings.extract("schema.prisma", b"model A { id Int ")


MONGOOSE = {
    "models/user.js": """const mongoose = require('mongoose')
const userSchema = new mongoose.Schema({
  name: { type: String },
  box: { type: mongoose.Schema.Types.ObjectId, ref: 'Box' },
  tags: [{ type: mongoose.Schema.Types.ObjectId, ref: 'Category' }],
})
userSchema.statics.taken = async function (email) { return this.findOne({ email }) }
userSchema.methods.hi = function () { return this.save() }
module.exports = mongoose.model('User', userSchema)""",
    "models/box.js": """const { model, Schema } = require('mongoose')
exports.Box = model('Box', new Schema({}, { collection: 'crates' }))
exports.Category = model('Category', new Schema({}))""",
    "models/index.js": """module.exports.User = require('./user')
exports.Box = require('./box').Box""",
    "service.js": """const { User, Box } = require('./models')
const direct = require('./models/user')
const find = (id) => User.findById(id)
async function go() {
  const user = await find(1)
  await user.save()
  await new Box({}).save()
  await direct.deleteMany({})
  const other = await User.findOne({})
  await other.remove()
  await User.hash('x')
  User.create.bind(null)
}""",
    "decoy.js": """const User = require('./elsewhere')
const list = []
User.findOne({}); list.find(Boolean); // Box.deleteMany({})""",
    "elsewhere.js": "module.exports = { findOne() {} }",
}


def test_mongoose__models__have_the_plural_of_their_name_or_the_collection_given() -> None:
    assert entities(MONGOOSE) == [
        "Box crates mongoose",
        "Category categories mongoose",
        "User users mongoose",
    ]
    assert relations(MONGOOSE) == [
        "User box Box many-to-one True",
        "User tags Category one-to-many True",
    ]


def test_mongoose__calls_of_models_and_of_what_they_give__are_accesses() -> None:
    assert data(MONGOOSE) == [
        "models/user.js users read",
        "service.js crates create",
        "service.js users delete",
        "service.js users read",
        "service.js users update",
    ]


def test_mongoose_of_nest__injected_models__are_those_of_their_classes() -> None:
    files = {
        "cat.ts": """import { Schema, Prop } from '@nestjs/mongoose'
@Schema() export class Cat { @Prop({ type: String, ref: 'Cat' }) mother: string }""",
        "cats.ts": """import { InjectModel } from '@nestjs/mongoose'
import { Model } from 'mongoose'
import { Cat } from './cat'
class Cats { constructor(@InjectModel(Cat.name) private catModel: Model<Cat>) {}
  async add(x) { const one = new this.catModel(x); await one.save() }
  all() { return this.catModel.find().exec() } }""",
    }
    assert entities(files) == ["Cat cats mongoose"]
    assert relations(files) == ["Cat mother Cat many-to-one True"]
    assert data(files) == ["cats.ts cats create", "cats.ts cats read"]


SEQUELIZE = {
    "db.js": """const { Sequelize } = require('sequelize')
const sequelize = new Sequelize('sqlite::memory:')
module.exports = sequelize""",
    "person.js": """const { DataTypes, Model } = require('sequelize')
const sequelize = require('./db')
class Person extends Model {}
Person.init({ name: DataTypes.STRING }, { sequelize, modelName: 'person' })
module.exports = Person""",
    "house.js": """module.exports = (sequelize, DataTypes) => {
  const House = sequelize.define('House', { a: DataTypes.STRING }, { tableName: 'Homes' })
  return House
}""",
    "links.js": """const Person = require('./person')
module.exports = (sequelize) => {
  const { House } = sequelize.models
  Person.hasMany(House, { as: 'houses' })
  House.belongsTo(Person)
}""",
    "service.js": """const { models } = require('./db')
const Person = require('./person')
async function go() {
  await models.House.bulkCreate([])
  const one = await Person.findOne({ include: [{ model: models.House }] })
  await one.update({}); await Person.destroy({ where: {} })
  models.Unknown.findAll(); models.House.unknown()
}""",
}


def test_sequelize__models__have_the_plural_of_their_name_or_the_table_given() -> None:
    assert entities(SEQUELIZE) == ["House homes sequelize", "Person people sequelize"]
    assert relations(SEQUELIZE) == [
        "House person Person many-to-one True",
        "Person houses House one-to-many False",
    ]


def test_sequelize__calls_of_models__are_accesses() -> None:
    assert data(SEQUELIZE) == [
        "service.js homes create",
        "service.js homes read",
        "service.js people delete",
        "service.js people read",
        "service.js people update",
    ]


SQL = {
    "pool.ts": "import { Pool } from 'pg'\nexport const pool = new Pool()",
    "a.ts": """import { pool } from './pool'
const TABLE = 'orders'
export async function go(id: number, table: string) {
  await pool.query('SELECT * FROM "Items" WHERE name = \\'secret word\\' AND id = $1', [id])
  await pool.query(`INSERT INTO ${TABLE} (a) VALUES ($1::int) ON CONFLICT (a) DO NOTHING`)
  await pool.query({ text: `update stock
    set n = n - 1` })
  await pool.query(`delete from ${table} where id = ${id}`)
  await prisma.$executeRaw`UPDATE users SET a = ${id}`
  // pool.query('delete from nothing')
}""",
    "decoy.ts": """export const text = 'select * from the list'
export const other = "Delete from cart"
log('update things set up')""",
}


def test_sql__literals_that_are_passed_as_such__are_read_by_the_reader_of_sql() -> None:
    assert rows(SQL, "data.access", "unit", "table", "operation", "via") == [
        "a.ts items read sql",
        "a.ts orders create sql",
        "a.ts stock update sql",
        "a.ts users update sql",
    ]
    assert rows(SQL, "data.unread", "unit", "reason", "text") == [
        "a.ts dynamic delete from {} where id = {}"
    ]
    assert "secret word" not in repr(artefacts(SQL))


def test_knex__builders__tell_the_table_and_what_is_done() -> None:
    files = {
        "db.js": "const knex = require('knex')({})\nmodule.exports = knex",
        "a.js": """const db = require('./db')
async function go() {
  await db('Users').where({ id: 1 }).update({})
  await db('orders as o').select('*')
  await db('log').insert({})
  other('x').insert({})
}""",
    }
    assert data(files) == ["a.js log create", "a.js orders read", "a.js users update"]


def test_drizzle__tables__are_what_statements_are_given() -> None:
    files = {
        "schema.ts": """import { pgTable, integer } from 'drizzle-orm/pg-core'
export const users = pgTable('people', { id: integer('id') })
export const orders = pgTable('orders', { by: integer('by').references(() => users.id) })""",
        "a.ts": """import { eq } from 'drizzle-orm'
import { users, orders } from './schema'
import { db } from './db'
await db.select().from(users).leftJoin(orders, eq(1, 1))
await db.insert(orders).values({})
Array.from(things)""",
    }
    assert entities(files) == ["orders orders drizzle", "users people drizzle"]
    assert relations(files) == ["orders by users many-to-one True"]
    assert data(files) == ["a.ts orders create", "a.ts orders read", "a.ts people read"]


def test_mongodb__collections__are_tables_of_the_driver() -> None:
    files = {
        "a.js": """const { MongoClient } = require('mongodb')
const NAME = 'visits'
const client = new MongoClient('mongodb://x')
async function go() {
  const visits = client.db().collection(NAME)
  await visits.find({}).toArray(); await visits.insertOne({})
}"""
    }
    assert data(files) == ["a.js visits create", "a.js visits read"]


@pytest.mark.parametrize("files", [TYPEORM, PRISMA, MONGOOSE, SEQUELIZE, SQL])
def test_artefacts__of_files_in_another_order__are_the_same(files: dict[str, str]) -> None:
    other = {name: files[name] for name in reversed(files)}
    assert sorted(map(repr, artefacts(other))) == sorted(map(repr, artefacts(files)))


def test_accesses__of_a_test__are_of_that_kind() -> None:
    files = {**MONGOOSE, "test/a.js": "const User = require('../models/user')\nUser.findOne({})"}
    found = rows(files, "data.access", "unit", "unit_kind")
    assert "test/a.js test" in found
    assert "service.js source" in found


@pytest.mark.parametrize(
    "text",
    [
        "import x from 'mongoose'\nconst a = b, b = a\na.find()\n" + "x.y(" * 3_000,
        "import knex from 'knex'\nconst a = "
        + "`${" * 300
        + "a"
        + "}`" * 300
        + "\nknex(a).find()",
        "import 'pg'\nconst a0 = 'x'\n"
        + "\n".join(f"const a{n + 1} = `${{a{n}}}${{a{n}}}${{a{n}}}`" for n in range(40))
        + "\nfetch(a40)",
        "import 'typeorm'\n\ud800 @Entity('\x00') class A {} \x00",
        "import 'sequelize'\nfunction f() { return f() }\nf().find(); const o = { o }\no.o.find()",
    ],
    ids=["deep", "nested", "doubling", "surrogates", "endless"],
)
def test_artefacts__of_hostile_files__are_bounded(text: str) -> None:
    content = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    assert len(repr(artefacts({"a.ts": content}))) < 200_000


def test_artefacts__of_values_and_keys_without_end__are_made_soon() -> None:
    many = "let a = 'x'\n" + "a += 'y'\n" * 5_000 + "fetch(a)\n" * 300
    wide = "const b = {" + "provide: 'x', useClass: B, " * 3_000 + "}"
    files = {"a.ts": many, "b.ts": wide, "c.ts": "fetch('/c')"}
    assert rows(files, "code.remote", "unit", "count") == ["a.ts 300", "c.ts 1"]
