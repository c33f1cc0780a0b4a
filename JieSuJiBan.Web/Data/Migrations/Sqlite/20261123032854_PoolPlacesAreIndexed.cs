using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class PoolPlacesAreIndexed : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_DispatchObjections_District_Category_Unit_RaisedAt_Suggested",
                table: "DispatchObjections",
                columns: new[] { "District", "Category", "Unit", "RaisedAt", "Suggested" },
                filter: "\"IsReport\" = 0 AND \"Suggested\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_OpenPoolPlaces",
                table: "Cases",
                columns: new[] { "District", "Home", "ReportedUnit" },
                filter: "\"IsOpen\" = 1 AND \"IsProactive\" = 1");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_DispatchObjections_District_Category_Unit_RaisedAt_Suggested",
                table: "DispatchObjections");

            migrationBuilder.DropIndex(
                name: "IX_Cases_OpenPoolPlaces",
                table: "Cases");
        }
    }
}
