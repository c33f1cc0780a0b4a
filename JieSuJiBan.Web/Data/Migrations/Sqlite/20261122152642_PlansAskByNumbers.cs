using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class PlansAskByNumbers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Reviews_Unit_Rhythm",
                table: "Reviews");

            migrationBuilder.DropIndex(
                name: "IX_Foreseen_District_Title",
                table: "Foreseen");

            migrationBuilder.DropIndex(
                name: "IX_Duties_District_Area_Group_Matter",
                table: "Duties");

            migrationBuilder.CreateIndex(
                name: "IX_Reviews_Unit_Rhythm",
                table: "Reviews",
                columns: new[] { "Unit", "Rhythm" },
                unique: true,
                filter: "\"IsOpen\" = 1");

            migrationBuilder.CreateIndex(
                name: "IX_Foreseen_District_Title",
                table: "Foreseen",
                columns: new[] { "District", "Title" },
                unique: true,
                filter: "\"IsListed\" = 1");

            migrationBuilder.CreateIndex(
                name: "IX_Duties_District_Area_Group_Matter",
                table: "Duties",
                columns: new[] { "District", "Area", "Group", "Matter" },
                unique: true,
                filter: "\"IsListed\" = 1");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Reviews_Unit_Rhythm",
                table: "Reviews");

            migrationBuilder.DropIndex(
                name: "IX_Foreseen_District_Title",
                table: "Foreseen");

            migrationBuilder.DropIndex(
                name: "IX_Duties_District_Area_Group_Matter",
                table: "Duties");

            migrationBuilder.CreateIndex(
                name: "IX_Reviews_Unit_Rhythm",
                table: "Reviews",
                columns: new[] { "Unit", "Rhythm" },
                unique: true,
                filter: "\"IsOpen\"");

            migrationBuilder.CreateIndex(
                name: "IX_Foreseen_District_Title",
                table: "Foreseen",
                columns: new[] { "District", "Title" },
                unique: true,
                filter: "\"IsListed\"");

            migrationBuilder.CreateIndex(
                name: "IX_Duties_District_Area_Group_Matter",
                table: "Duties",
                columns: new[] { "District", "Area", "Group", "Matter" },
                unique: true,
                filter: "\"IsListed\"");
        }
    }
}
