using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class FiguresByStreet : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Streets and communities are counted apart now; counted anew when the portal starts.
            migrationBuilder.Sql("""DELETE FROM "Tallies"; DELETE FROM "FigureChanges";""");

            migrationBuilder.DropIndex(
                name: "IX_Cases_District_AnsweredAt_Home_Category",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_District_CalledBackAt_Home_Category",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_District_ClosedAt_ReportedUnit",
                table: "Cases");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_AnsweredAt_Home_Category_WhistleCount",
                table: "Cases",
                columns: new[] { "District", "AnsweredAt", "Home", "Category", "WhistleCount" },
                filter: "\"AnsweredAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_CalledBackAt_Home_Category_WhistleCount",
                table: "Cases",
                columns: new[] { "District", "CalledBackAt", "Home", "Category", "WhistleCount" },
                filter: "\"CalledBackAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_ClosedAt_ReportedUnit_Home_Category",
                table: "Cases",
                columns: new[] { "District", "ClosedAt", "ReportedUnit", "Home", "Category" },
                filter: "\"ClosedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_DispatchedAt_Home_Category",
                table: "Cases",
                columns: new[] { "District", "DispatchedAt", "Home", "Category" },
                filter: "\"DispatchedAt\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Cases_District_AnsweredAt_Home_Category_WhistleCount",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_District_CalledBackAt_Home_Category_WhistleCount",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_District_ClosedAt_ReportedUnit_Home_Category",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_District_DispatchedAt_Home_Category",
                table: "Cases");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_AnsweredAt_Home_Category",
                table: "Cases",
                columns: new[] { "District", "AnsweredAt", "Home", "Category" },
                filter: "\"AnsweredAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_CalledBackAt_Home_Category",
                table: "Cases",
                columns: new[] { "District", "CalledBackAt", "Home", "Category" },
                filter: "\"CalledBackAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_ClosedAt_ReportedUnit",
                table: "Cases",
                columns: new[] { "District", "ClosedAt", "ReportedUnit" },
                filter: "\"ClosedAt\" IS NOT NULL");
        }
    }
}
