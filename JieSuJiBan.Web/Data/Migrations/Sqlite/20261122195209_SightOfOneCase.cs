using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SightOfOneCase : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Cases_District_HasOpenObjection",
                table: "Cases");

            migrationBuilder.AddColumn<string>(
                name: "Category",
                table: "DispatchObjections",
                type: "TEXT",
                maxLength: 100,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "District",
                table: "DispatchObjections",
                type: "TEXT",
                maxLength: 100,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "IsReport",
                table: "DispatchObjections",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.Sql("""
                UPDATE "DispatchObjections" SET ("District", "Category", "IsReport") =
                    (SELECT "District", "Category", "Nature" = 'Report' FROM "Cases" WHERE "Cases"."Id" = "DispatchObjections"."CaseId");
                """);

            migrationBuilder.CreateIndex(
                name: "IX_DispatchObjections_District_RaisedAt_Category_Unit_State_Suggested",
                table: "DispatchObjections",
                columns: new[] { "District", "RaisedAt", "Category", "Unit", "State", "Suggested" },
                filter: "\"IsReport\" = 0");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_OpenObjections",
                table: "Cases",
                columns: new[] { "District", "DueAt", "Id" },
                filter: "\"HasOpenObjection\" = 1");

            migrationBuilder.CreateIndex(
                name: "IX_CaseParties_Unit_IsCurrent_CaseId",
                table: "CaseParties",
                columns: new[] { "Unit", "IsCurrent", "CaseId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_DispatchObjections_District_RaisedAt_Category_Unit_State_Suggested",
                table: "DispatchObjections");

            migrationBuilder.DropIndex(
                name: "IX_Cases_OpenObjections",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_CaseParties_Unit_IsCurrent_CaseId",
                table: "CaseParties");

            migrationBuilder.DropColumn(
                name: "Category",
                table: "DispatchObjections");

            migrationBuilder.DropColumn(
                name: "District",
                table: "DispatchObjections");

            migrationBuilder.DropColumn(
                name: "IsReport",
                table: "DispatchObjections");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_HasOpenObjection",
                table: "Cases",
                columns: new[] { "District", "HasOpenObjection" });
        }
    }
}
