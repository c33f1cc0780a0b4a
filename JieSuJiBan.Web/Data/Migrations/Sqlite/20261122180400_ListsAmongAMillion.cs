using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ListsAmongAMillion : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Cases_District_DueAt",
                table: "Cases");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_DueAt_Id",
                table: "Cases",
                columns: new[] { "District", "DueAt", "Id" });

            migrationBuilder.DropIndex(
                name: "IX_Cases_District_IsOpen_DueAt",
                table: "Cases");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_IsOpen_DueAt_Id",
                table: "Cases",
                columns: new[] { "District", "IsOpen", "DueAt", "Id" });

            migrationBuilder.DropIndex(
                name: "IX_Cases_District_IsProactive_IsOpen_DueAt",
                table: "Cases");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_IsProactive_IsOpen_DueAt_Id",
                table: "Cases",
                columns: new[] { "District", "IsProactive", "IsOpen", "DueAt", "Id" });

            migrationBuilder.DropIndex(
                name: "IX_Triage_District_DispatchedAt_IsAutomatic_IsRight",
                table: "Triage");

            migrationBuilder.CreateIndex(
                name: "IX_Triage_District_DispatchedAt_IsAutomatic_IsRight_Proposed_Confidence",
                table: "Triage",
                columns: new[] { "District", "DispatchedAt", "IsAutomatic", "IsRight", "Proposed", "Confidence" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_NextUnit_NextStep_Id",
                table: "Cases",
                columns: new[] { "NextUnit", "NextStep", "Id" },
                filter: "\"SafetyWord\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Cases_District_DueAt_Id",
                table: "Cases");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_DueAt",
                table: "Cases",
                columns: new[] { "District", "DueAt" });

            migrationBuilder.DropIndex(
                name: "IX_Cases_District_IsOpen_DueAt_Id",
                table: "Cases");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_IsOpen_DueAt",
                table: "Cases",
                columns: new[] { "District", "IsOpen", "DueAt" });

            migrationBuilder.DropIndex(
                name: "IX_Cases_District_IsProactive_IsOpen_DueAt_Id",
                table: "Cases");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_IsProactive_IsOpen_DueAt",
                table: "Cases",
                columns: new[] { "District", "IsProactive", "IsOpen", "DueAt" });

            migrationBuilder.DropIndex(
                name: "IX_Triage_District_DispatchedAt_IsAutomatic_IsRight_Proposed_Confidence",
                table: "Triage");

            migrationBuilder.CreateIndex(
                name: "IX_Triage_District_DispatchedAt_IsAutomatic_IsRight",
                table: "Triage",
                columns: new[] { "District", "DispatchedAt", "IsAutomatic", "IsRight" });

            migrationBuilder.DropIndex(
                name: "IX_Cases_NextUnit_NextStep_Id",
                table: "Cases");
        }
    }
}
