using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class CasesRunByAClock : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "ClockAt",
                table: "Cases",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "DispatchBy",
                table: "Cases",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "HasPlan",
                table: "Cases",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "HasSuspensionLapsed",
                table: "Cases",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsLimitReached",
                table: "Cases",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "NodesLapsed",
                table: "Cases",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Schedule",
                table: "Cases",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Urged",
                table: "Cases",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "TimePlans",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    District = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Terms = table.Column<string>(type: "TEXT", nullable: false),
                    IsInForce = table.Column<bool>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    Head = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TimePlans", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_ClockAt",
                table: "Cases",
                column: "ClockAt",
                filter: "\"ClockAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_Urged_DueAt",
                table: "Cases",
                columns: new[] { "District", "Urged", "DueAt" },
                filter: "\"Urged\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TimePlans_District_IsInForce",
                table: "TimePlans",
                columns: new[] { "District", "IsInForce" });

            // Cases that run have no plan; the clock rings when their limit is reached, or their parking is over.
            migrationBuilder.Sql("""
                UPDATE "Cases" SET "ClockAt" = COALESCE("SuspendedUntil", "DueAt") WHERE "IsOpen" AND "DueAt" IS NOT NULL AND "Status" <> 'Registered';
                UPDATE "Cases" SET "NextUnit" = NULL, "NextStep" = 'None' WHERE "Status" = 'Answered' AND "ReporterSaysSolved" IS NULL;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "TimePlans");

            migrationBuilder.DropIndex(
                name: "IX_Cases_ClockAt",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_District_Urged_DueAt",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "ClockAt",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "DispatchBy",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "HasPlan",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "HasSuspensionLapsed",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "IsLimitReached",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "NodesLapsed",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "Schedule",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "Urged",
                table: "Cases");
        }
    }
}
