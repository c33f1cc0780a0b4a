using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class CountedFromIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_SupervisionOrders_District_State_DueAt",
                table: "SupervisionOrders");

            migrationBuilder.DropIndex(
                name: "IX_Cases_BehindAPlacesRates",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_BehindAUnitsRates",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_District_CalledBackAt_Home_Category_WhistleCount",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_NextUnit_NextStep_DueAt",
                table: "Cases");

            migrationBuilder.CreateIndex(
                name: "IX_SupervisionOrders_District_State_DueAt_ReportedUnit",
                table: "SupervisionOrders",
                columns: new[] { "District", "State", "DueAt", "ReportedUnit" });

            migrationBuilder.CreateIndex(
                name: "IX_SupervisionOrders_District_State_IssuedFrom_DueAt_ReportedUnit",
                table: "SupervisionOrders",
                columns: new[] { "District", "State", "IssuedFrom", "DueAt", "ReportedUnit" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_BehindAPlacesRates",
                table: "Cases",
                columns: new[] { "Home", "CalledBackAt", "IsExcluded", "FirstContacted", "FirstSolved", "FirstSatisfaction", "FinalContacted", "Solved", "Satisfaction", "District", "ReportedUnit", "Nature", "Id" },
                filter: "\"CalledBackAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_BehindAUnitsRates",
                table: "Cases",
                columns: new[] { "CountedUnit", "CalledBackAt", "IsExcluded", "FirstContacted", "FirstSolved", "FirstSatisfaction", "FinalContacted", "Solved", "Satisfaction", "District", "ReportedUnit", "Id" },
                filter: "\"CalledBackAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_CalledBack",
                table: "Cases",
                columns: new[] { "District", "CalledBackAt", "Home", "Category", "WhistleCount", "IsExcluded", "FirstContacted", "FirstSolved", "FirstSatisfaction", "FinalContacted", "Solved", "Satisfaction", "ReportedUnit" },
                filter: "\"CalledBackAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Found",
                table: "Cases",
                columns: new[] { "Id", "District", "ReportedUnit", "Status", "IsOpen", "IsProactive", "FirstReceiver", "DueAt", "SuspendedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_OpenPoolNewest",
                table: "Cases",
                columns: new[] { "District", "IsProactive", "Id" },
                filter: "\"IsOpen\" = 1");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_WaitsForUnit",
                table: "Cases",
                columns: new[] { "NextUnit", "NextStep", "DueAt", "District", "ReportedUnit", "CallAt", "ReporterSaysSolved" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_SupervisionOrders_District_State_DueAt_ReportedUnit",
                table: "SupervisionOrders");

            migrationBuilder.DropIndex(
                name: "IX_SupervisionOrders_District_State_IssuedFrom_DueAt_ReportedUnit",
                table: "SupervisionOrders");

            migrationBuilder.DropIndex(
                name: "IX_Cases_BehindAPlacesRates",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_BehindAUnitsRates",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_CalledBack",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Found",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_OpenPoolNewest",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_WaitsForUnit",
                table: "Cases");

            migrationBuilder.CreateIndex(
                name: "IX_SupervisionOrders_District_State_DueAt",
                table: "SupervisionOrders",
                columns: new[] { "District", "State", "DueAt" });

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

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_CalledBackAt_Home_Category_WhistleCount",
                table: "Cases",
                columns: new[] { "District", "CalledBackAt", "Home", "Category", "WhistleCount" },
                filter: "\"CalledBackAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_NextUnit_NextStep_DueAt",
                table: "Cases",
                columns: new[] { "NextUnit", "NextStep", "DueAt" });
        }
    }
}
