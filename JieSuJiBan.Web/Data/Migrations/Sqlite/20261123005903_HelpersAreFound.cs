using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class HelpersAreFound : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_CaseParties_Unit_IsCurrent_IsOpen_CaseId",
                table: "CaseParties");

            migrationBuilder.CreateIndex(
                name: "IX_CaseParties_Unit_IsCurrent_IsOpen_Part_CaseId",
                table: "CaseParties",
                columns: new[] { "Unit", "IsCurrent", "IsOpen", "Part", "CaseId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_CaseParties_Unit_IsCurrent_IsOpen_Part_CaseId",
                table: "CaseParties");

            migrationBuilder.CreateIndex(
                name: "IX_CaseParties_Unit_IsCurrent_IsOpen_CaseId",
                table: "CaseParties",
                columns: new[] { "Unit", "IsCurrent", "IsOpen", "CaseId" });
        }
    }
}
