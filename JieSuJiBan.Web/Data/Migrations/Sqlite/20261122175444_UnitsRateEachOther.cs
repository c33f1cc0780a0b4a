using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class UnitsRateEachOther : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "ArrivalMark",
                table: "WhistleUnits",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "AssessedAt",
                table: "WhistleUnits",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ClearMark",
                table: "WhistleUnits",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "HasAssessedAt",
                table: "WhistleUnits",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "MeasureMark",
                table: "WhistleUnits",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "PreparedMark",
                table: "WhistleUnits",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "RateBy",
                table: "WhistleUnits",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ResponseMark",
                table: "WhistleUnits",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ResultMark",
                table: "WhistleUnits",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "RightUnitMark",
                table: "WhistleUnits",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Whistler",
                table: "WhistleUnits",
                type: "TEXT",
                maxLength: 100,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "AssessBasis",
                table: "Whistles",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "AssessBy",
                table: "Whistles",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "AssessmentLapsedAt",
                table: "Whistles",
                type: "INTEGER",
                nullable: true);

            // Who summoned each unit stands with the whistle, the marks in the log.
            migrationBuilder.Sql(
                """
                UPDATE "WhistleUnits" SET "Whistler" = COALESCE((SELECT "Whistler" FROM "Whistles" WHERE "Id" = "WhistleUnits"."WhistleId"), '');
                UPDATE "WhistleUnits" SET
                    "AssessedAt" = e."At", "ResponseMark" = e."Response", "ArrivalMark" = e."Arrival", "MeasureMark" = e."Measure", "ResultMark" = e."Result"
                FROM (
                    SELECT "Stream", json_extract("Body", '$.unit') AS "Rated", "At", json_extract("Body", '$.rating.response') AS "Response", json_extract("Body", '$.rating.arrival') AS "Arrival",
                        json_extract("Body", '$.rating.measure') AS "Measure", json_extract("Body", '$.rating.result') AS "Result", MAX("Sequence")
                    FROM "Log" WHERE "Type" = 'whistle.unit-assessed' GROUP BY "Stream", "Rated") AS e
                WHERE "WhistleUnits"."WhistleId" = e."Stream" AND "WhistleUnits"."Unit" = e."Rated";
                UPDATE "WhistleUnits" SET "HasAssessedAt" = e."At", "PreparedMark" = e."Prepared", "RightUnitMark" = e."RightUnit", "ClearMark" = e."Clear"
                FROM (
                    SELECT "Stream", json_extract("Body", '$.unit') AS "Rater", "At", json_extract("Body", '$.rating.prepared') AS "Prepared",
                        json_extract("Body", '$.rating.rightUnit') AS "RightUnit", json_extract("Body", '$.rating.clear') AS "Clear", MAX("Sequence")
                    FROM "Log" WHERE "Type" = 'whistle.whistle-assessed' GROUP BY "Stream", "Rater") AS e
                WHERE "WhistleUnits"."WhistleId" = e."Stream" AND "WhistleUnits"."Unit" = e."Rater";
                """);

            migrationBuilder.CreateTable(
                name: "MutualSchemes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    District = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Versions = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    Head = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MutualSchemes", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_WhistleUnits_Unit_AssessedAt",
                table: "WhistleUnits",
                columns: new[] { "Unit", "AssessedAt" },
                filter: "\"AssessedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_WhistleUnits_Unit_HasAssessedAt",
                table: "WhistleUnits",
                columns: new[] { "Unit", "HasAssessedAt" },
                filter: "\"HasAssessedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_WhistleUnits_Unit_RateBy",
                table: "WhistleUnits",
                columns: new[] { "Unit", "RateBy" },
                filter: "\"RateBy\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_WhistleUnits_Unit_SummonedAt",
                table: "WhistleUnits",
                columns: new[] { "Unit", "SummonedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_WhistleUnits_Whistler_AssessedAt",
                table: "WhistleUnits",
                columns: new[] { "Whistler", "AssessedAt" },
                filter: "\"AssessedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_WhistleUnits_Whistler_HasAssessedAt",
                table: "WhistleUnits",
                columns: new[] { "Whistler", "HasAssessedAt" },
                filter: "\"HasAssessedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Whistles_Whistler_SoundedAt",
                table: "Whistles",
                columns: new[] { "Whistler", "SoundedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_MutualSchemes_District",
                table: "MutualSchemes",
                column: "District",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "MutualSchemes");

            migrationBuilder.DropIndex(
                name: "IX_WhistleUnits_Unit_AssessedAt",
                table: "WhistleUnits");

            migrationBuilder.DropIndex(
                name: "IX_WhistleUnits_Unit_HasAssessedAt",
                table: "WhistleUnits");

            migrationBuilder.DropIndex(
                name: "IX_WhistleUnits_Unit_RateBy",
                table: "WhistleUnits");

            migrationBuilder.DropIndex(
                name: "IX_WhistleUnits_Unit_SummonedAt",
                table: "WhistleUnits");

            migrationBuilder.DropIndex(
                name: "IX_WhistleUnits_Whistler_AssessedAt",
                table: "WhistleUnits");

            migrationBuilder.DropIndex(
                name: "IX_WhistleUnits_Whistler_HasAssessedAt",
                table: "WhistleUnits");

            migrationBuilder.DropIndex(
                name: "IX_Whistles_Whistler_SoundedAt",
                table: "Whistles");

            migrationBuilder.DropColumn(
                name: "ArrivalMark",
                table: "WhistleUnits");

            migrationBuilder.DropColumn(
                name: "AssessedAt",
                table: "WhistleUnits");

            migrationBuilder.DropColumn(
                name: "ClearMark",
                table: "WhistleUnits");

            migrationBuilder.DropColumn(
                name: "HasAssessedAt",
                table: "WhistleUnits");

            migrationBuilder.DropColumn(
                name: "MeasureMark",
                table: "WhistleUnits");

            migrationBuilder.DropColumn(
                name: "PreparedMark",
                table: "WhistleUnits");

            migrationBuilder.DropColumn(
                name: "RateBy",
                table: "WhistleUnits");

            migrationBuilder.DropColumn(
                name: "ResponseMark",
                table: "WhistleUnits");

            migrationBuilder.DropColumn(
                name: "ResultMark",
                table: "WhistleUnits");

            migrationBuilder.DropColumn(
                name: "RightUnitMark",
                table: "WhistleUnits");

            migrationBuilder.DropColumn(
                name: "Whistler",
                table: "WhistleUnits");

            migrationBuilder.DropColumn(
                name: "AssessBasis",
                table: "Whistles");

            migrationBuilder.DropColumn(
                name: "AssessBy",
                table: "Whistles");

            migrationBuilder.DropColumn(
                name: "AssessmentLapsedAt",
                table: "Whistles");
        }
    }
}
