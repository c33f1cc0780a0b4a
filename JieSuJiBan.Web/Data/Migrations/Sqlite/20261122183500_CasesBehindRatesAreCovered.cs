using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class CasesBehindRatesAreCovered : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Cases_CountedUnit_CalledBackAt",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Home_CalledBackAt",
                table: "Cases");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_BehindAPlacesRates",
                table: "Cases",
                columns: new[] { "Home", "CalledBackAt", "IsExcluded", "FirstContacted", "FirstSolved", "FirstSatisfaction", "FinalContacted", "Solved", "Satisfaction", "District", "ReportedUnit" },
                filter: "\"CalledBackAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_BehindAUnitsRates",
                table: "Cases",
                columns: new[] { "CountedUnit", "CalledBackAt", "IsExcluded", "FirstContacted", "FirstSolved", "FirstSatisfaction", "FinalContacted", "Solved", "Satisfaction", "District", "ReportedUnit" },
                filter: "\"CalledBackAt\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Cases_BehindAPlacesRates",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_BehindAUnitsRates",
                table: "Cases");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_CountedUnit_CalledBackAt",
                table: "Cases",
                columns: new[] { "CountedUnit", "CalledBackAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Home_CalledBackAt",
                table: "Cases",
                columns: new[] { "Home", "CalledBackAt" },
                filter: "\"CalledBackAt\" IS NOT NULL");
        }
    }
}
