using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class CasesRememberWhoFoundThem : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "AwaitsReporter",
                table: "Cases",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsHandedToDistrict",
                table: "Cases",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsSolvedOnTheSpot",
                table: "Cases",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "ReportedFrom",
                table: "Cases",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "ReporterSaysSolved",
                table: "Cases",
                type: "INTEGER",
                nullable: true);

            // What was known before says the same as its log does.
            migrationBuilder.Sql("""
                UPDATE "Cases" SET
                    "ReportedFrom" = (SELECT "By_Unit" FROM "Log" WHERE "Stream" = "Cases"."Id" AND "Sequence" = 1),
                    "NextStep" = CASE WHEN "Status" = 'Accepted' THEN 'Handle' ELSE "NextStep" END
                WHERE "IsProactive" = 1
                """);
            migrationBuilder.Sql("""UPDATE "Cases" SET "AwaitsReporter" = 1 WHERE "IsProactive" = 1 AND "Status" = 'Answered' AND "ReportedFrom" <> "FirstReceiver" """);

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_IsProactive_Id",
                table: "Cases",
                columns: new[] { "District", "IsProactive", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_ReportedFrom_AwaitsReporter_Id",
                table: "Cases",
                columns: new[] { "ReportedFrom", "AwaitsReporter", "Id" },
                filter: "\"ReportedFrom\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Cases_District_IsProactive_Id",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_ReportedFrom_AwaitsReporter_Id",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "AwaitsReporter",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "IsHandedToDistrict",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "IsSolvedOnTheSpot",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "ReportedFrom",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "ReporterSaysSolved",
                table: "Cases");
        }
    }
}
