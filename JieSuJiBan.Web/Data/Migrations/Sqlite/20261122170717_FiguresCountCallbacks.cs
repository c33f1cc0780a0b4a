using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class FiguresCountCallbacks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Counted anew when the portal starts.
            migrationBuilder.Sql("""DELETE FROM "Tallies"; DELETE FROM "FigureChanges";""");

            migrationBuilder.AddColumn<long>(
                name: "IntakeMinutes",
                table: "Tallies",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "WhistledSolved",
                table: "Tallies",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "WhistledValid",
                table: "Tallies",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "IntakeMinutes",
                table: "FigureChanges",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "WhistledSolved",
                table: "FigureChanges",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "WhistledValid",
                table: "FigureChanges",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

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
                name: "IX_Cases_District_RaisedAt_Home_Category",
                table: "Cases",
                columns: new[] { "District", "RaisedAt", "Home", "Category" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Cases_District_AnsweredAt_Home_Category",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_District_CalledBackAt_Home_Category",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_District_RaisedAt_Home_Category",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "IntakeMinutes",
                table: "Tallies");

            migrationBuilder.DropColumn(
                name: "WhistledSolved",
                table: "Tallies");

            migrationBuilder.DropColumn(
                name: "WhistledValid",
                table: "Tallies");

            migrationBuilder.DropColumn(
                name: "IntakeMinutes",
                table: "FigureChanges");

            migrationBuilder.DropColumn(
                name: "WhistledSolved",
                table: "FigureChanges");

            migrationBuilder.DropColumn(
                name: "WhistledValid",
                table: "FigureChanges");
        }
    }
}
