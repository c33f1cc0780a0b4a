using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class UnitsListTheirOpenCases : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_CaseParties_Unit_IsCurrent_CaseId",
                table: "CaseParties");

            migrationBuilder.AddColumn<bool>(
                name: "IsOpen",
                table: "CaseParties",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.Sql("UPDATE CaseParties SET IsOpen = (SELECT IsOpen FROM Cases WHERE Cases.Id = CaseParties.CaseId)");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_DueAt",
                table: "Cases",
                columns: new[] { "District", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_Id",
                table: "Cases",
                columns: new[] { "District", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_CaseParties_Unit_IsCurrent_IsOpen_CaseId",
                table: "CaseParties",
                columns: new[] { "Unit", "IsCurrent", "IsOpen", "CaseId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Cases_District_DueAt",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_District_Id",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_CaseParties_Unit_IsCurrent_IsOpen_CaseId",
                table: "CaseParties");

            migrationBuilder.DropColumn(
                name: "IsOpen",
                table: "CaseParties");

            migrationBuilder.CreateIndex(
                name: "IX_CaseParties_Unit_IsCurrent_CaseId",
                table: "CaseParties",
                columns: new[] { "Unit", "IsCurrent", "CaseId" });
        }
    }
}
