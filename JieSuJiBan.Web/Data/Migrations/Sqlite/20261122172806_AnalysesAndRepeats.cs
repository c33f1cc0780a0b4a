using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AnalysesAndRepeats : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Analyses",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    District = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Month = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Findings = table.Column<string>(type: "TEXT", nullable: false),
                    Edition = table.Column<int>(type: "INTEGER", nullable: false),
                    PublishedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    Head = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Analyses", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RepeatCallers",
                columns: table => new
                {
                    Trace = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Cases = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RepeatCallers", x => x.Trace);
                });

            migrationBuilder.CreateTable(
                name: "RepeatReadings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    District = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Purpose = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ReadAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ReadBy = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    Head = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RepeatReadings", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Analyses_District_Month",
                table: "Analyses",
                columns: new[] { "District", "Month" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_RepeatCallers_Cases_Trace",
                table: "RepeatCallers",
                columns: new[] { "Cases", "Trace" });

            migrationBuilder.CreateIndex(
                name: "IX_RepeatReadings_District_ReadAt",
                table: "RepeatReadings",
                columns: new[] { "District", "ReadAt" });

            // The database itself keeps count, so that nobody who writes petitioners, one or a hundred thousand, can forget to.
            migrationBuilder.Sql("""
                INSERT INTO "RepeatCallers" ("Trace", "Cases") SELECT "Trace", COUNT(*) FROM "Petitioners" WHERE "Trace" IS NOT NULL GROUP BY "Trace";
                CREATE TRIGGER "PetitionerCounted" AFTER INSERT ON "Petitioners" WHEN NEW."Trace" IS NOT NULL
                BEGIN
                    INSERT INTO "RepeatCallers" ("Trace", "Cases") VALUES (NEW."Trace", 1) ON CONFLICT ("Trace") DO UPDATE SET "Cases" = "Cases" + 1;
                END;
                CREATE TRIGGER "PetitionerErased" AFTER UPDATE OF "Trace" ON "Petitioners" WHEN OLD."Trace" IS NOT NULL AND NEW."Trace" IS NULL
                BEGIN
                    UPDATE "RepeatCallers" SET "Cases" = "Cases" - 1 WHERE "Trace" = OLD."Trace";
                    DELETE FROM "RepeatCallers" WHERE "Trace" = OLD."Trace" AND "Cases" <= 0;
                END;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""DROP TRIGGER "PetitionerCounted"; DROP TRIGGER "PetitionerErased";""");

            migrationBuilder.DropTable(
                name: "Analyses");

            migrationBuilder.DropTable(
                name: "RepeatCallers");

            migrationBuilder.DropTable(
                name: "RepeatReadings");
        }
    }
}
