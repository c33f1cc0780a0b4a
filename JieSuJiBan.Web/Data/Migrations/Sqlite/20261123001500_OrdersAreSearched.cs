using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OrdersAreSearched : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "OrderWords",
                columns: table => new
                {
                    No = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    OrderId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Words = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OrderWords", x => x.No);
                });

            migrationBuilder.CreateIndex(
                name: "IX_OrderWords_No_OrderId",
                table: "OrderWords",
                columns: new[] { "No", "OrderId" });

            migrationBuilder.CreateIndex(
                name: "IX_OrderWords_OrderId",
                table: "OrderWords",
                column: "OrderId",
                unique: true);

            // The index holds no text of its own: the table is what it reads, and its triggers are what keeps both alike.
            migrationBuilder.Sql("""
                CREATE VIRTUAL TABLE "OrderSearch" USING fts5("Words", content='OrderWords', content_rowid='No', tokenize="unicode61 remove_diacritics 0 tokenchars '_'");
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER "OrderWords_Added" AFTER INSERT ON "OrderWords" BEGIN
                    INSERT INTO "OrderSearch" (rowid, "Words") VALUES (new."No", new."Words");
                END;
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER "OrderWords_Removed" AFTER DELETE ON "OrderWords" BEGIN
                    INSERT INTO "OrderSearch" ("OrderSearch", rowid, "Words") VALUES ('delete', old."No", old."Words");
                END;
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER "OrderWords_Changed" AFTER UPDATE OF "Words" ON "OrderWords" BEGIN
                    INSERT INTO "OrderSearch" ("OrderSearch", rowid, "Words") VALUES ('delete', old."No", old."Words");
                    INSERT INTO "OrderSearch" (rowid, "Words") VALUES (new."No", new."Words");
                END;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""DROP TABLE "OrderSearch";""");
            migrationBuilder.DropTable(
                name: "OrderWords");
        }
    }
}
