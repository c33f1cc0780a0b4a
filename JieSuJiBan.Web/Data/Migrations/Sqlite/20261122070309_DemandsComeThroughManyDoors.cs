using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class DemandsComeThroughManyDoors : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Details",
                table: "Cases",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsProactive",
                table: "Cases",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Position",
                table: "Cases",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SafetyWord",
                table: "Cases",
                type: "TEXT",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SourceNumber",
                table: "Cases",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            // What was known before says the same as its log does.
            migrationBuilder.Sql("""UPDATE "Cases" SET "IsProactive" = 1 WHERE "Channel" IN ('Grid', 'Community', 'Patrol')""");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_Channel_SourceNumber",
                table: "Cases",
                columns: new[] { "District", "Channel", "SourceNumber" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_IsProactive_IsOpen_DueAt",
                table: "Cases",
                columns: new[] { "District", "IsProactive", "IsOpen", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_NextUnit_NextStep_SafetyWord",
                table: "Cases",
                columns: new[] { "NextUnit", "NextStep", "SafetyWord" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Cases_District_Channel_SourceNumber",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_District_IsProactive_IsOpen_DueAt",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_NextUnit_NextStep_SafetyWord",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "Details",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "IsProactive",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "Position",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "SafetyWord",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "SourceNumber",
                table: "Cases");
        }
    }
}
