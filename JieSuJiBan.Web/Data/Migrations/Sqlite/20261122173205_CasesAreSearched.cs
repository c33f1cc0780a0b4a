using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class CasesAreSearched : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "CaseWords",
                columns: table => new
                {
                    No = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    CaseId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Words = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseWords", x => x.No);
                });

            migrationBuilder.CreateIndex(
                name: "IX_CaseWords_CaseId",
                table: "CaseWords",
                column: "CaseId",
                unique: true);

            // The index holds no text of its own: the table is what it reads, and its triggers are what keeps both alike.
            migrationBuilder.Sql("""
                CREATE VIRTUAL TABLE "CaseSearch" USING fts5("Words", content='CaseWords', content_rowid='No', tokenize="unicode61 remove_diacritics 0 tokenchars '_'");
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER "CaseWords_Added" AFTER INSERT ON "CaseWords" BEGIN
                    INSERT INTO "CaseSearch" (rowid, "Words") VALUES (new."No", new."Words");
                END;
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER "CaseWords_Removed" AFTER DELETE ON "CaseWords" BEGIN
                    INSERT INTO "CaseSearch" ("CaseSearch", rowid, "Words") VALUES ('delete', old."No", old."Words");
                END;
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER "CaseWords_Changed" AFTER UPDATE OF "Words" ON "CaseWords" BEGIN
                    INSERT INTO "CaseSearch" ("CaseSearch", rowid, "Words") VALUES ('delete', old."No", old."Words");
                    INSERT INTO "CaseSearch" (rowid, "Words") VALUES (new."No", new."Words");
                END;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""DROP TABLE "CaseSearch";""");
            migrationBuilder.DropTable(
                name: "CaseWords");
        }
    }
}
